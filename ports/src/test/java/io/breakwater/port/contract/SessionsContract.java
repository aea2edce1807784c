package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Sessions;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.port.driven.UpdateResult;
import io.breakwater.port.memory.ManualCallContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Sessions} must do: enforce its limits exactly, update atomically, and remove idle sessions. */
public abstract class SessionsContract {
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final int THREADS = 16;
    private static final CallContext CONTEXT = ManualCallContext.unhurried();

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

        assertThat(sessions.create(session, CONTEXT)).isTrue();

        assertThat(sessions.find("id", CONTEXT)).contains(session);
    }

    @Test
    void storesUnsetFieldsAsUnset() {
        var sessions = make(10, 10, IDLE);

        sessions.create(session("id", "anna"), CONTEXT);

        assertThat(sessions.find("id", CONTEXT)).contains(session("id", "anna"));
    }

    @Test
    void findsNoSessionUnderAnotherId() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("id", "anna"), CONTEXT);

        assertThat(sessions.find("ID", CONTEXT)).isEmpty();
        assertThat(sessions.find("", CONTEXT)).isEmpty();
        assertThat(update(sessions, "other")).isInstanceOf(UpdateResult.NotFound.class);
        assertThat(sessions.end("other", CONTEXT)).isFalse();
    }

    @Test
    void findsASessionOnlyForItsPrincipal() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("id", "anna"), CONTEXT);

        assertThat(sessions.find("id", "anna", CONTEXT)).contains(session("id", "anna"));
        assertThat(sessions.find("id", "berta", CONTEXT)).isEmpty();
        assertThat(sessions.find("other", "anna", CONTEXT)).isEmpty();
    }

    @Test
    void listsOpenSessions() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("a", "anna"), CONTEXT);
        sessions.create(session("b", "berta"), CONTEXT);
        sessions.create(session("c", "anna"), CONTEXT);
        sessions.end("b", CONTEXT);

        assertThat(sessions.list(10, CONTEXT)).containsExactlyInAnyOrder(session("a", "anna"), session("c", "anna"));
        assertThat(sessions.list(1, CONTEXT)).hasSize(1);
    }

    @Test
    void aListIsNoUseOfASession() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("a", "anna"), CONTEXT);

        pass(IDLE.dividedBy(2));
        sessions.list(10, CONTEXT);
        pass(IDLE.dividedBy(2).plusSeconds(1));

        assertThat(sessions.list(10, CONTEXT)).isEmpty();
        assertThat(sessions.find("a", CONTEXT)).isEmpty();
    }

    @Test
    void rejectsASecondSessionWithTheSameId() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("id", "anna"), CONTEXT);

        assertThat(sessions.create(session("id", "berta"), CONTEXT)).isFalse();

        assertThat(sessions.find("id", CONTEXT)).map(Session::principal).contains("anna");
    }

    @Test
    void storesUpdates() {
        var sessions = make(10, 10, IDLE);
        var known = session("id", "anna");
        sessions.create(known, CONTEXT);
        var changed = known.asInitialized().withLogLevel("debug").withSubscriptions(Set.of("data://1"));

        assertThat(sessions.update(known, changed, CONTEXT)).isInstanceOf(UpdateResult.Stored.class);

        assertThat(sessions.find("id", CONTEXT)).contains(changed);
    }

    @Test
    void rejectsAnUpdateOfASessionThatHasChanged() {
        var sessions = make(10, 10, IDLE);
        var known = session("id", "anna");
        sessions.create(known, CONTEXT);
        sessions.update(known, known.asInitialized(), CONTEXT);

        var second = sessions.update(known, known.withLogLevel("debug"), CONTEXT);

        assertThat(second).isEqualTo(new UpdateResult.Conflict<>(known.asInitialized()));
        assertThat(sessions.find("id", CONTEXT)).contains(known.asInitialized());
    }

    @Test
    void concurrentUpdatesOfTheSameSessionAreStoredOnce() throws Exception {
        var sessions = make(10, 10, IDLE);
        var known = session("id", "anna");
        sessions.create(known, CONTEXT);

        var results = ConcurrentRun.run(
                THREADS, thread -> sessions.update(known, known.withLogLevel("level " + thread), CONTEXT));

        assertThat(results).filteredOn(UpdateResult.Stored.class::isInstance).hasSize(1);
        var stored = sessions.find("id", CONTEXT).orElseThrow();
        assertThat(results)
                .filteredOn(UpdateResult.Conflict.class::isInstance)
                .containsOnly(new UpdateResult.Conflict<>(stored))
                .hasSize(THREADS - 1);
    }

    @Test
    void losesNoConcurrentUpdate() throws Exception {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("id", "anna"), CONTEXT);

        ConcurrentRun.run(THREADS, thread -> {
            IntStream.range(0, 20).forEach(i -> addSubscription(sessions, "data://" + thread + "/" + i));
            return true;
        });

        assertThat(sessions.find("id", CONTEXT).orElseThrow().subscriptions()).hasSize(THREADS * 20);
    }

    @Test
    void endsASessionOnce() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("id", "anna"), CONTEXT);

        assertThat(sessions.end("id", CONTEXT)).isTrue();

        assertThat(sessions.end("id", CONTEXT)).isFalse();
        assertThat(sessions.find("id", CONTEXT)).isEmpty();
        assertThat(update(sessions, "id")).isInstanceOf(UpdateResult.NotFound.class);
    }

    @Test
    void enforcesTheTotalLimit() {
        var sessions = make(2, 10, IDLE);
        sessions.create(session("1", "anna"), CONTEXT);
        sessions.create(session("2", "berta"), CONTEXT);

        assertThat(sessions.create(session("3", "carla"), CONTEXT)).isFalse();
        assertThat(sessions.find("3", CONTEXT)).isEmpty();

        sessions.end("1", CONTEXT);
        assertThat(sessions.create(session("3", "carla"), CONTEXT)).isTrue();
    }

    @Test
    void enforcesTheLimitPerPrincipal() {
        var sessions = make(10, 1, IDLE);
        sessions.create(session("1", "anna"), CONTEXT);

        assertThat(sessions.create(session("2", "anna"), CONTEXT)).isFalse();
        assertThat(sessions.create(session("2", "berta"), CONTEXT)).isTrue();

        sessions.end("1", CONTEXT);
        assertThat(sessions.create(session("3", "anna"), CONTEXT)).isTrue();
    }

    @Test
    void concurrentSessionsNeverExceedTheLimits() throws Exception {
        var sessions = make(50, 20, IDLE);

        var created = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 20)
                        .filter(i -> sessions.create(session(thread + "/" + i, "principal " + i % 3), CONTEXT))
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
        assertThat(IntStream.range(0, 8).filter(i -> sessions.create(session("end " + i, "anna"), CONTEXT)))
                .hasSize(7);
    }

    @Test
    void idleSessionsExpireAndNoLongerCount() {
        var sessions = make(1, 1, IDLE);
        sessions.create(session("1", "anna"), CONTEXT);

        pass(IDLE.plusSeconds(1));

        assertThat(sessions.find("1", CONTEXT)).isEmpty();
        assertThat(update(sessions, "1")).isInstanceOf(UpdateResult.NotFound.class);
        assertThat(sessions.end("1", CONTEXT)).isFalse();
        assertThat(sessions.create(session("2", "anna"), CONTEXT)).isTrue();
        assertThat(sessions.find("2", CONTEXT)).isPresent();
    }

    @Test
    void aSessionInUseDoesNotExpire() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("used", "anna"), CONTEXT);
        sessions.create(session("unused", "anna"), CONTEXT);

        for (var i = 0; i < 5; i++) {
            pass(IDLE.dividedBy(2));
            assertThat(sessions.find("used", CONTEXT)).isPresent();
        }

        assertThat(sessions.find("unused", CONTEXT)).isEmpty();
    }

    @Test
    void aRenewedSessionDoesNotExpire() {
        var sessions = make(10, 10, IDLE);
        sessions.create(session("renewed", "anna"), CONTEXT);
        sessions.create(session("unused", "anna"), CONTEXT);

        for (var i = 0; i < 5; i++) {
            pass(IDLE.dividedBy(2));
            assertThat(sessions.renew(List.of("renewed", "unknown"), CONTEXT)).containsExactly("renewed");
        }

        assertThat(sessions.renew(List.of("renewed", "unused"), CONTEXT)).containsExactly("renewed");
        assertThat(sessions.renew(List.of(), CONTEXT)).isEmpty();
    }

    @Test
    void findsTheSubscribersAmongSomeSessions() {
        var sessions = make(10, 10, IDLE);
        for (var id : List.of("1", "2", "3")) {
            sessions.create(session(id, "anna").withSubscriptions(Set.of("data://" + id, "data://all")), CONTEXT);
        }
        sessions.end("3", CONTEXT);

        assertThat(sessions.subscribers("data://all", List.of("1", "2", "3"), CONTEXT))
                .containsExactlyInAnyOrder("1", "2");
        assertThat(sessions.subscribers("data://1", List.of("1", "2"), CONTEXT)).containsExactly("1");
        assertThat(sessions.subscribers("data://1", List.of("2"), CONTEXT)).isEmpty();
        assertThat(sessions.subscribers("data://4", List.of("1", "unknown"), CONTEXT))
                .isEmpty();
    }

    @Test
    void tellsItsIdleTimeout() {
        assertThat(make(1, 1, IDLE).idleTimeout()).isEqualTo(IDLE);
    }

    @Test
    void countsItsSessions() {
        var sessions = make(10, 10, IDLE);
        IntStream.range(0, 5).forEach(i -> sessions.create(session("id " + i, "anna"), CONTEXT));
        sessions.end("id 3", CONTEXT);

        assertThat(sessions.count()).isEqualTo(4);
    }

    private static long kept(Sessions sessions, int principal) {
        return IntStream.range(0, THREADS)
                .boxed()
                .flatMap(thread -> IntStream.range(0, 20)
                        .filter(i -> i % 3 == principal)
                        .mapToObj(i -> sessions.find(thread + "/" + i, CONTEXT)))
                .filter(found -> found.isPresent())
                .count();
    }

    private static int comeAndGo(Sessions sessions, String id, AtomicInteger alive) {
        if (!sessions.create(session(id, "anna"), CONTEXT)) {
            return 0;
        }
        var seen = alive.incrementAndGet();
        alive.decrementAndGet();
        assertThat(sessions.end(id, CONTEXT)).isTrue();
        return seen;
    }

    /** Subscribes to a resource, again after each conflict. */
    private static void addSubscription(Sessions sessions, String uri) {
        var known = sessions.find("id", CONTEXT).orElseThrow();
        while (sessions.update(known, with(known, uri), CONTEXT) instanceof UpdateResult.Conflict<Session>(var other)) {
            known = other;
        }
    }

    private static Session with(Session session, String uri) {
        var uris = new HashSet<>(session.subscriptions());
        uris.add(uri);
        return session.withSubscriptions(uris);
    }

    private static UpdateResult<Session> update(Sessions sessions, String id) {
        var known = session(id, "anna");
        return sessions.update(known, known.asInitialized(), CONTEXT);
    }

    private static Session session(String id, String principal) {
        return new Session(
                id, "2025-06-18", principal, Json.Obj.EMPTY, Json.Obj.EMPTY, false, null, Set.of(), created());
    }

    private static Instant created() {
        return Instant.parse("2026-01-01T00:00:00Z");
    }
}
