package io.breakwater.core.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.data.cache.FailingStore.Mood;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.port.memory.MemoryStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.TimedExecutors;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedTierTest {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final TimedExecutors lanes = new TimedExecutors();
    private final FailingStore store = new FailingStore(new MemoryStore(new SimulatedLink(), lanes::nanoTime));
    private final ProtectedCall tier = new SharedTier(
                    new SharedTier.Ports(store, null, null),
                    Eventually.LIMIT,
                    PERIOD,
                    lanes,
                    ServerMetrics.standalone(lanes).cache("shared"))
            .tier();

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void aStoreThatRefusesWritesIsNotWellAlthoughItAnswersReads() throws Exception {
        tier.check();

        store.become(Mood.READ_ONLY);

        assertThatThrownBy(tier::check)
                .isInstanceOf(SharedTierUnavailableException.class)
                .hasMessage("The store takes no writes.");
        assertThat(tier.isAvailable()).isFalse();
    }

    @Test
    void itIsUsedAgainWhenItTakesWritesAgain() {
        store.become(Mood.READ_ONLY);
        assertThatThrownBy(tier::check).isInstanceOf(SharedTierUnavailableException.class);

        store.become(Mood.WELL);

        Eventually.holds(() -> {
            lanes.pass(PERIOD);
            return tier.isAvailable();
        });
    }
}
