package io.breakwater.core.data.quota;

import static io.breakwater.core.data.quota.QuotaServers.ANN;
import static io.breakwater.core.data.quota.QuotaServers.admitted;
import static io.breakwater.core.data.quota.QuotaServers.calls;
import static io.breakwater.core.data.quota.QuotaServers.charge;
import static io.breakwater.core.data.quota.QuotaServers.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.quota.QuotaDecision;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counters of a server without a store. It is noon. */
class MemoryCountersTest {
    private static final int KEYS = 1_000;

    private final ManualExecutors executors = new ManualExecutors();
    private final MemoryCounters counters = new MemoryCounters(KEYS, executors);

    @Test
    void decidesAtOnce() {
        assertThat(counters.takeLocally(List.of(charge(ANN, 5, 5)))).isEqualTo(QuotaDecision.ADMITTED);
        assertThat(counters.takeLocally(List.of(charge(ANN, 5, 1)))).isInstanceOf(QuotaDecision.Refused.class);
    }

    @Test
    void quotasResetAtMidnight() {
        admitted(counters, 5, 5);
        executors.pass(Duration.ofHours(12).minusNanos(1));
        assertThat(admitted(counters, 5, 5)).isZero();

        executors.pass(Duration.ofNanos(1));
        assertThat(admitted(counters, 5, 10)).isEqualTo(5);
    }

    @Test
    void aClockThatJumpsBackBeginsNoDayAgain() {
        executors.pass(Duration.ofHours(13));
        admitted(counters, 5, 5);

        executors.pass(Duration.ofHours(-2));
        assertThat(admitted(counters, 5, 5)).isZero();
    }

    @Test
    void aCallThatOneQuotaRefusesTakesNothingFromTheOther() {
        take(counters, charge(calls("bob"), 5, 4));

        assertThat(take(counters, charge(ANN, 5, 2), charge(calls("bob"), 5, 2)))
                .isInstanceOf(QuotaDecision.Refused.class);
        assertThat(admitted(counters, 5, 10)).isEqualTo(5);
    }

    @Test
    void ofConcurrentCallsAtTheLimitNoneIsTooMany() {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var counts = IntStream.range(0, 11)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> admitted(counters, 100, 10), callers))
                    .toList();

            assertThat(counts.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(100);
        }
    }

    @Test
    @CoversOutage("quotas: process restarted without a store")
    void aRestartedServerKnowsNoUsage() {
        assertThat(admitted(counters, 5, 10)).isEqualTo(5);

        assertThat(admitted(new MemoryCounters(KEYS, executors), 5, 10)).isEqualTo(5);
    }

    @Test
    @CoversOutage("quotas: memory full of callers")
    void beyondTheMaximumTheCallerThatWasNotUsedForTheLongestTimeIsForgotten() {
        admitted(counters, 5, 5);
        IntStream.range(1, KEYS).forEach(i -> take(counters, charge(calls("caller " + i), 5, 1)));
        assertThat(admitted(counters, 5, 1)).isZero();

        IntStream.range(0, 100_000).forEach(i -> take(counters, charge(calls("other " + i), 5, 1)));
        assertThat(counters.size()).isEqualTo(KEYS);
        assertThat(admitted(counters, 5, 1)).isEqualTo(1);
    }
}
