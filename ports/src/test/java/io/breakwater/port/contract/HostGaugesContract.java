package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.HostGauges;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all {@link HostGauges} must do: give shares of a whole, or say that they cannot tell. */
public abstract class HostGaugesContract {
    private static final int THREADS = 8;

    /** Makes some. */
    protected abstract HostGauges make();

    @Test
    void giveSharesOrCannotTell() {
        assertThat(read(make())).allSatisfy(HostGaugesContract::isShareOrUnknown);
    }

    @Test
    void canBeReadByManyAtOnce() throws Exception {
        var gauges = make();

        assertThat(ConcurrentRun.run(THREADS, thread -> read(gauges)))
                .hasSize(THREADS)
                .allSatisfy(shares -> assertThat(shares).allSatisfy(HostGaugesContract::isShareOrUnknown));
    }

    private static List<Double> read(HostGauges gauges) {
        return List.of(gauges.cpu(), gauges.memory(), gauges.disk());
    }

    private static void isShareOrUnknown(Double share) {
        assertThat(share).isNotNaN().isLessThanOrEqualTo(1);
    }
}
