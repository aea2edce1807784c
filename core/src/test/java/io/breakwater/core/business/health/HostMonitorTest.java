package io.breakwater.core.data.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.health.HostMetrics;
import io.breakwater.port.driven.HostGauges;
import org.junit.jupiter.api.Test;

class GaugedHostMetricsTest {

    @Test
    void readsEveryGauge() {
        assertThat(new GaugedHostMetrics(new Gauges(0.25)).read()).isEqualTo(new HostMetrics.Reading(0.25, 0.5, 0.75));
    }

    @Test
    void aGaugeThatFailsTellsNothing() {
        assertThat(new GaugedHostMetrics(new Gauges(Double.NaN)).read())
                .isEqualTo(new HostMetrics.Reading(-1, 0.5, 0.75));
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
