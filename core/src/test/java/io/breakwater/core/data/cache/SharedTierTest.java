package io.breakwater.core.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.data.cache.FailingStore.FailureMode;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.port.memory.MemoryStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.TimedExecutors;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedTierTest {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final TimedExecutors executors = new TimedExecutors();
    private final FailingStore store = new FailingStore(new MemoryStore(new SimulatedLink(), executors::nanoTime));
    private final ProtectedCall tier = new SharedTier(
                    new SharedTier.Ports(store, null, null),
                    Eventually.LIMIT,
                    PERIOD,
                    executors,
                    ServerMetrics.standalone(executors).cache("shared"))
            .tier();

    @AfterEach
    void close() {
        executors.close();
    }

    @Test
    @CoversOutage("result cache: Redis full or read-only")
    void aStoreThatRefusesWritesIsNotWellAlthoughItAnswersReads() throws Exception {
        tier.check();

        store.become(FailureMode.READ_ONLY);

        assertThatThrownBy(tier::check)
                .isInstanceOf(SharedTierUnavailableException.class)
                .hasMessage("The store takes no writes.");
        assertThat(tier.isAvailable()).isFalse();
    }

    @Test
    @CoversOutage("result cache: Redis full or read-only")
    void itIsUsedAgainWhenItTakesWritesAgain() {
        store.become(FailureMode.READ_ONLY);
        assertThatThrownBy(tier::check).isInstanceOf(SharedTierUnavailableException.class);

        store.become(FailureMode.NONE);

        Eventually.holds(() -> {
            executors.pass(PERIOD);
            return tier.isAvailable();
        });
    }
}
