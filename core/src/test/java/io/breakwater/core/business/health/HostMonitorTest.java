package io.breakwater.core.business.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.HostGauges;
import org.junit.jupiter.api.Test;

class HostMonitorTest {

    @Test
    void readsEveryGauge() {
        assertThat(new HostMonitor(new Gauges(0.25), () -> 0).reading()).isEqualTo(new HostMetrics(0.25, 0.5, 0.75));
    }

    @Test
    void aGaugeThatFailsIsUnknownAndDoesNotAffectTheOthers() {
        assertThat(new HostMonitor(new Gauges(Double.NaN), () -> 0).reading())
                .isEqualTo(new HostMetrics(-1, 0.5, 0.75));
    }

    /** The CPU gauge fails where there is no number. */
    private record Gauges(double cpuShare) implements HostGauges {
        @Override
        public double cpu() {
            if (Double.isNaN(cpuShare)) {
                throw new IllegalStateException("no such file");
            }
            return cpuShare;
        }

        @Override
        public double memory() {
            return 0.5;
        }

        @Override
        public double disk() {
            return 0.75;
        }
    }
}
