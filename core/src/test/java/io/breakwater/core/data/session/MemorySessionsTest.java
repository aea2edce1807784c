package io.breakwater.core.data.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.contract.SessionsContract;
import io.breakwater.port.driven.Sessions;
import io.breakwater.port.memory.ManualCallContext;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemorySessionsTest extends SessionsContract {
    private static final CallContext CONTEXT = ManualCallContext.unhurried();
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Set<String> LARGE = Set.of("a://" + "b".repeat(1_000));
    private static final Set<String> HUGE = Set.of("a://" + "b".repeat(3_000));

    private final HandClock clock = new HandClock();

    @Override
    protected Sessions make(int total, int perPrincipal, Duration idle) {
        return new MemorySessions(new CapacityLimiter(total, perPrincipal, 1 << 20), idle, clock);
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
            sessions.create(
                    new Sessions.Session(
                            id,
                            "2025-11-25",
                            "anna",
                            capabilities,
                            Json.Obj.EMPTY,
                            false,
                            null,
                            Set.of(),
                            clock.instant()),
                    CONTEXT);
        }

        assertThat(sessions.find("1", CONTEXT).orElseThrow().capabilities())
                .isSameAs(sessions.find("2", CONTEXT).orElseThrow().capabilities());
    }

    @Test
    void countsNoIdleSessions() {
        var sessions = make(10, 10, Duration.ofMinutes(1));
        sessions.create(
                new Sessions.Session(
                        "id",
                        "2025-11-25",
                        "anna",
                        Json.Obj.EMPTY,
                        Json.Obj.EMPTY,
                        false,
                        null,
                        Set.of(),
                        clock.instant()),
                CONTEXT);

        pass(Duration.ofMinutes(2));

        assertThat(sessions.count()).isZero();
    }

    @Test
    void boundsTheSubscriptionsOfAllSessionsTogether() {
        var sessions = new MemorySessions(new CapacityLimiter(10, 10, 5_000), IDLE, clock);
        begin(sessions, "1", "anna");
        begin(sessions, "2", "berta");

        assertThat(subscribed(sessions, "1", LARGE)).isEqualTo(LARGE);
        assertThat(subscribed(sessions, "2", HUGE)).isEmpty();
        assertThat(subscribed(sessions, "2", LARGE)).isEqualTo(LARGE);
        assertThat(subscribed(sessions, "1", HUGE)).isEqualTo(LARGE);

        assertThat(subscribed(sessions, "1", Set.of())).isEmpty();
        assertThat(subscribed(sessions, "1", LARGE)).isEqualTo(LARGE);
    }

    @Test
    void boundsTheSubscriptionsOfOnePrincipal() {
        var sessions = new MemorySessions(new CapacityLimiter(10, 5, 5_000), IDLE, clock);
        begin(sessions, "1", "anna");
        begin(sessions, "2", "anna");
        begin(sessions, "3", "berta");

        assertThat(subscribed(sessions, "1", LARGE)).isEqualTo(LARGE);
        assertThat(subscribed(sessions, "2", LARGE)).isEmpty();
        assertThat(subscribed(sessions, "3", LARGE)).isEqualTo(LARGE);
    }

    @Test
    void releasesTheMemoryOfSubscriptions() {
        var sessions = new MemorySessions(new CapacityLimiter(10, 10, 7_000), IDLE, clock);
        for (int i = 0; i < 3; i++) {
            begin(sessions, "ended" + i, "anna");
            assertThat(subscribed(sessions, "ended" + i, HUGE)).isEqualTo(HUGE);
            sessions.end("ended" + i, CONTEXT);

            begin(sessions, "idle" + i, "anna");
            assertThat(subscribed(sessions, "idle" + i, HUGE)).isEqualTo(HUGE);
            pass(IDLE);
        }
    }

    @Test
    void theDescriptionOfAClientCountsAsMemory() {
        var sessions = new MemorySessions(new CapacityLimiter(10, 10, 1_500), IDLE, clock);
        var client = Json.object().put("name", "n".repeat(200)).build();

        assertThat(sessions.create(session("1", "anna", client), CONTEXT)).isTrue();
        assertThat(sessions.create(session("2", "anna", client), CONTEXT)).isTrue();
        assertThat(sessions.create(session("3", "anna", client), CONTEXT)).isFalse();
    }

    private void begin(Sessions sessions, String id, String principal) {
        assertThat(sessions.create(session(id, principal, Json.Obj.EMPTY), CONTEXT))
                .isTrue();
    }

    private Sessions.Session session(String id, String principal, Json.Obj client) {
        return new Sessions.Session(
                id, "2025-11-25", principal, Json.Obj.EMPTY, client, false, null, Set.of(), clock.instant());
    }

    private static Set<String> subscribed(Sessions sessions, String id, Set<String> uris) {
        var known = sessions.find(id, CONTEXT).orElseThrow();
        sessions.update(known, known.withSubscriptions(uris), CONTEXT);
        return sessions.find(id, CONTEXT).orElseThrow().subscriptions();
    }
}
