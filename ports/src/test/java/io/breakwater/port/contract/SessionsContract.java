package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.driven.Sessions;
import io.breakwater.port.driven.Sessions.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Sessions} must do: enforce its limits exactly, update atomically, and remove idle sessions. */
public abstract class SessionsContract {
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final int THREADS = 16;

    /** Creates an empty store with these limits. */
    protected abstract Sessions make(int total, int perPrincipal, Duration idle);

    /** Advances the clock of the object that {@link #make} created, without waiting. */
    protected abstract void pass(Duration time);

    @Test
    void storesAllFieldsOfASession() {
        var sessions = make(10, 10, IDLE);
        var capabilities = Json.object()
                .put("roots", Json.object().put("listChanged", true).build())
                .put("sampling", Json.Obj.EMPTY)
                .put("experimental", Json.array(Json.of(1), Json.of("ß"), Json.Null.NULL))
                .build();
        var client = Json.object().put("name", "ß").put("version", "1").build();
        var uris = Set.of("data://1", "data://2");
        var session = new Session("id", "2025-11-25", "anna", capabilities, client, true, "warning", uris, created());

        assertThat(sessions.create(session)).isTrue();

        assertThat(sessions.find("id")).contains(session);
    }

    @Test
    void storesUnsetFieldsAsUnset() {
        var sessions = make(10, 10, IDLE);

        sessions.create(session("id", "anna"));

        assertThat(sessions.find("id")).contains(session("id", "anna"));
    }

    @Test
    void findsNoSessionUnderAnotherId() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("id", "anna"));

        assertThat(sessions.find("ID")).isEmpty();
        assertThat(sessions.find("")).isEmpty();
        assertThat(sessions.update("other", Session::asInitialized)).isEmpty();
        assertThat(sessions.end("other")).isFalse();
    }

    @Test
    void findsASessionOnlyForItsPrincipal() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("id", "anna"));

        assertThat(sessions.find("id", "anna")).contains(session("id", "anna"));
        assertThat(sessions.find("id", "berta")).isEmpty();
        assertThat(sessions.find("other", "anna")).isEmpty();
    }

    @Test
    void rejectsASecondSessionWithTheSameId() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("id", "anna"));

        assertThat(sessions.create(session("id", "berta"))).isFalse();

        assertThat(sessions.find("id")).map(Session::principal).contains("anna");
    }

    @Test
    void storesUpdates() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("id", "anna"));

        var changed = sessions.update(
                "id", session -> session.asInitialized().withLogLevel("debug").withSubscriptions(Set.of("data://1")));

        var expected =
                session("id", "anna").asInitialized().withLogLevel("debug").withSubscriptions(Set.of("data://1"));
        assertThat(changed).contains(expected);
        assertThat(sessions.find("id")).contains(expected);
    }

    @Test
    void losesNoConcurrentUpdate() throws Exception {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("id", "anna"));

        ConcurrentRun.run(THREADS, thread -> {
            IntStream.range(0, 20).forEach(i -> sessions.update("id", plus("data://" + thread + "/" + i)));
            return true;
        });

        assertThat(sessions.find("id").orElseThrow().subscriptions()).hasSize(THREADS * 20);
    }

    @Test
    void endsASessionOnce() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("id", "anna"));

        assertThat(sessions.end("id")).isTrue();

        assertThat(sessions.end("id")).isFalse();
        assertThat(sessions.find("id")).isEmpty();
        assertThat(sessions.update("id", Session::asInitialized)).isEmpty();
    }

    @Test
    void enforcesTheTotalLimit() {
        var sessions = make(2, 10, IDLE);
        sessions.create(session("1", "anna"));
        sessions.create(session("2", "berta"));

        assertThat(sessions.create(session("3", "carla"))).isFalse();
        assertThat(sessions.find("3")).isEmpty();

        sessions.end("1");
        assertThat(sessions.create(session("3", "carla"))).isTrue();
    }

    @Test
    void enforcesTheLimitPerPrincipal() {
        var sessions = make(10, 1, IDLE);
        sessions.create(session("1", "anna"));

        assertThat(sessions.create(session("2", "anna"))).isFalse();
        assertThat(sessions.create(session("2", "berta"))).isTrue();

        sessions.end("1");
        assertThat(sessions.create(session("3", "anna"))).isTrue();
    }

    @Test
    void concurrentSessionsNeverExceedTheLimits() throws Exception {
        var sessions = make(50, 20, IDLE);

        var created = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 20)
                        .filter(i -> sessions.create(session(thread + "/" + i, "principal " + i % 3)))
                        .count());

        assertThat(created.stream().mapToLong(Long::longValue).sum()).isEqualTo(50);
        for (var principal : List.of(0, 1, 2)) {
            assertThat(kept(sessions, principal)).isLessThanOrEqualTo(20);
        }
    }

    @Test
    void neverExceedsTheLimitWhileSessionsStartAndEnd() throws Exception {
        var sessions = make(7, 7, IDLE);
        var alive = new AtomicInteger();

        var most = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 200)
                        .map(i -> comeAndGo(sessions, thread + "/" + i, alive))
                        .max()
                        .orElseThrow());

        assertThat(most).allSatisfy(seen -> assertThat(seen).isLessThanOrEqualTo(7));
        assertThat(IntStream.range(0, 8).filter(i -> sessions.create(session("end " + i, "anna"))))
                .hasSize(7);
    }

    @Test
    void idleSessionsExpireAndNoLongerCount() {
        var sessions = make(1, 1, IDLE);
        sessions.create(session("1", "anna"));

        pass(IDLE.plusSeconds(1));

        assertThat(sessions.find("1")).isEmpty();
        assertThat(sessions.update("1", Session::asInitialized)).isEmpty();
        assertThat(sessions.end("1")).isFalse();
        assertThat(sessions.create(session("2", "anna"))).isTrue();
        assertThat(sessions.find("2")).isPresent();
    }

    @Test
    void aSessionInUseDoesNotExpire() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("used", "anna"));
        sessions.create(session("unused", "anna"));

        for (var i = 0; i < 5; i++) {
            pass(IDLE.dividedBy(2));
            assertThat(sessions.find("used")).isPresent();
        }

        assertThat(sessions.find("unused")).isEmpty();
    }

    @Test
    void countsItsSessions() {
        var sessions = make(10, 10, IDLE);
        IntStream.range(0, 5).forEach(i -> sessions.create(session("id " + i, "anna")));
        sessions.end("id 3");

        assertThat(sessions.count()).isEqualTo(4);
    }

    private static long kept(Sessions sessions, int principal) {
        return IntStream.range(0, THREADS)
                .boxed()
                .flatMap(thread -> IntStream.range(0, 20)
                        .filter(i -> i % 3 == principal)
                        .mapToObj(i -> sessions.find(thread + "/" + i)))
                .filter(found -> found.isPresent())
                .count();
    }

    private static int comeAndGo(Sessions sessions, String id, AtomicInteger alive) {
        if (!sessions.create(session(id, "anna"))) {
            return 0;
        }
        var seen = alive.incrementAndGet();
        alive.decrementAndGet();
        assertThat(sessions.end(id)).isTrue();
        return seen;
    }

    private static UnaryOperator<Session> plus(String uri) {
        return session -> {
            var uris = new HashSet<>(session.subscriptions());
            uris.add(uri);
            return session.withSubscriptions(uris);
        };
    }

    private static Session session(String id, String principal) {
        return new Session(
                id, "2025-06-18", principal, Json.Obj.EMPTY, Json.Obj.EMPTY, false, null, Set.of(), created());
    }

    private static Instant created() {
        return Instant.parse("2026-01-01T00:00:00Z");
    }
}
