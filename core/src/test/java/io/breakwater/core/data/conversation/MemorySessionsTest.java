package io.breakwater.core.data.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.contract.SessionsContract;
import io.breakwater.port.driven.Sessions;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemorySessionsTest extends SessionsContract {
    private final HandClock clock = new HandClock();

    @Override
    protected Sessions make(int total, int perPrincipal, Duration idle) {
        return new MemorySessions(new Limits(total, perPrincipal), idle, clock);
    }

    @Override
    protected void pass(Duration time) {
        clock.pass(time);
    }

    @Test
    void keepsEqualCapabilitiesOnce() {
        var sessions = make(10, 10, Duration.ofMinutes(30));
        for (var id : Set.of("1", "2")) {
            var capabilities = Json.object().put("roots", Json.Obj.EMPTY).build();
            sessions.create(new Sessions.Session(
                    id, "2025-11-25", "anna", capabilities, Json.Obj.EMPTY, false, null, Set.of(), clock.instant()));
        }

        assertThat(sessions.find("1").orElseThrow().capabilities())
                .isSameAs(sessions.find("2").orElseThrow().capabilities());
    }

    @Test
    void countsNoIdleSessions() {
        var sessions = make(10, 10, Duration.ofMinutes(1));
        sessions.create(new Sessions.Session(
                "id", "2025-11-25", "anna", Json.Obj.EMPTY, Json.Obj.EMPTY, false, null, Set.of(), clock.instant()));

        pass(Duration.ofMinutes(2));

        assertThat(sessions.count()).isZero();
    }
}
