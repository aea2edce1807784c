package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.HostGauges;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all {@link HostGauges} must do: return fractions between 0 and 1, or -1 if they are unknown. */
public abstract class HostGaugesContract {
    private static final int THREADS = 8;
    private static final double UNKNOWN = -1;

    /** Creates the gauges under test. */
    protected abstract HostGauges make();

    @Test
    void valuesAreFractionsOrUnknown() {
        assertThat(read(make())).allSatisfy(HostGaugesContract::isFractionOrUnknown);
    }

    @Test
    void canBeReadByConcurrentThreads() throws Exception {
        var gauges = make();

        assertThat(ConcurrentRun.run(THREADS, thread -> read(gauges)))
                .hasSize(THREADS)
                .allSatisfy(shares -> assertThat(shares).allSatisfy(HostGaugesContract::isFractionOrUnknown));
    }

    private static List<Double> read(HostGauges gauges) {
        return List.of(gauges.cpu(), gauges.memory(), gauges.disk());
    }

    private static void isFractionOrUnknown(Double share) {
        if (share != UNKNOWN) {
            assertThat(share).isBetween(0.0, 1.0);
        }
    }
}
