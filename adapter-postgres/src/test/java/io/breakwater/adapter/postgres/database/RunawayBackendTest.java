package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.database.BackendQuery.Backend;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunawayBackendTest {
    private static final Backend IDLE = new Backend("2026-11-23 09:00:00", true);
    private static final Backend WORKING = new Backend(IDLE.started(), false);
    private static final Backend OTHER = new Backend("2026-11-23 09:00:01", false);
    private static final int TEN_SECONDS = 50;

    @Test
    void aBackendThatReadsItsCallLateCountsFromThenOn() {
        var waiting = seen(RunawayBackend.of(false), IDLE, 10);

        assertThat(waiting).get().matches(backend -> !backend.isCounted());
        assertThat(seen(waiting.orElseThrow(), WORKING, 1)).get().matches(RunawayBackend::blocksAll);
    }

    @Test
    void aBackendThatStaysIdleIsForgottenAfterTenSeconds() {
        assertThat(seen(RunawayBackend.of(false), IDLE, TEN_SECONDS)).isPresent();
        assertThat(seen(RunawayBackend.of(false), IDLE, TEN_SECONDS + 1)).isEmpty();
    }

    @Test
    void timesOfIdlenessAreNotAddedUp() {
        var working = seen(seen(RunawayBackend.of(false), IDLE, TEN_SECONDS).orElseThrow(), WORKING, 1);

        assertThat(seen(working.orElseThrow(), IDLE, TEN_SECONDS)).isPresent();
    }

    @Test
    void aBackendThatHasEndedIsForgotten() {
        assertThat(seen(RunawayBackend.of(false), null, 1)).isEmpty();
        assertThat(seen(seen(RunawayBackend.of(false), WORKING, 1).orElseThrow(), OTHER, 1))
                .isEmpty();
    }

    @Test
    void anUninterruptibleCallCountsWhileItWaitsAndStopsNoOthers() {
        var waiting = seen(RunawayBackend.of(true), IDLE, 1).orElseThrow();

        assertThat(waiting.isCounted()).isTrue();
        assertThat(seen(waiting, WORKING, 1)).get().matches(backend -> backend.isCounted() && !backend.blocksAll());
    }

    @Test
    void aBackendStopsNoOthersBeforeTheServerWasAsked() {
        assertThat(RunawayBackend.of(false)).matches(backend -> backend.isCounted() && !backend.blocksAll());
    }

    private static Optional<RunawayBackend> seen(RunawayBackend first, @Nullable Backend backend, int looks) {
        @Nullable RunawayBackend runaway = first;
        for (int look = 0; look < looks && runaway != null; look++) {
            runaway = runaway.afterCheck(backend);
        }
        return Optional.ofNullable(runaway);
    }
}
