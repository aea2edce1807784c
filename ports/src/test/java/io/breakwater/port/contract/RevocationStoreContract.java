package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.RevocationStore;
import io.breakwater.port.driven.RevocationStore.Revocation;
import io.breakwater.port.driven.RevocationStore.TokenName;
import io.breakwater.port.memory.ManualCallContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link RevocationStore} must do: report each revocation to each server. */
public abstract class RevocationStoreContract {
    private static final int THREADS = 8;
    private static final int REVOCATIONS = 20;

    private final CallContext scope = ManualCallContext.unhurried();
    private final Instant later = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);

    /** Creates an empty store. */
    protected abstract RevocationStore make();

    private static TokenName token(String id) {
        return new TokenName("breakwater", id);
    }

    @Test
    void reportsRevocationsInTheirOrder() {
        var store = make();
        assertThat(store.changesSince(0, 10, scope)).isEmpty();

        store.revoke(token("b"), later, scope);
        store.revoke(token("a"), later.plusMillis(1), scope);

        var changes = store.changesSince(0, 10, scope);
        assertThat(changes).extracting(Revocation::token).containsExactly(token("b"), token("a"));
        assertThat(changes).extracting(Revocation::expires).containsExactly(later, later.plusMillis(1));
        assertThat(changes.getFirst().version())
                .isPositive()
                .isLessThan(changes.getLast().version());
    }

    @Test
    void reportsOnlyLaterRevocationsUpToTheLimit() {
        var store = make();
        List.of("a", "b", "c").forEach(id -> store.revoke(token(id), later, scope));

        var first = store.changesSince(0, 2, scope);
        var rest = store.changesSince(first.getLast().version(), 2, scope);

        assertThat(first).extracting(Revocation::token).containsExactly(token("a"), token("b"));
        assertThat(rest).extracting(Revocation::token).containsExactly(token("c"));
        assertThat(store.changesSince(rest.getLast().version(), 2, scope)).isEmpty();
    }

    @Test
    void aSecondRevocationIsAChangeAndNeverEndsEarlier() {
        var store = make();
        store.revoke(token("a"), later, scope);
        long seen = store.changesSince(0, 10, scope).getLast().version();

        store.revoke(token("a"), later.minusSeconds(60), scope);

        var changes = store.changesSince(seen, 10, scope);
        assertThat(changes).hasSize(1);
        assertThat(changes.getFirst().expires()).isEqualTo(later);
        assertThat(store.changesSince(0, 10, scope)).isEqualTo(changes);
    }

    @Test
    void theSameIdOfAnotherIssuerIsAnotherToken() {
        var store = make();
        var other = new TokenName("https://idp.example/'); DROP TABLE revocations;--", "a");

        store.revoke(token("a"), later, scope);
        store.revoke(other, later, scope);

        assertThat(store.changesSince(0, 10, scope))
                .extracting(Revocation::token)
                .containsExactly(token("a"), other);
    }

    /** A reader that only asks for newer versions must see each revocation, also those of concurrent servers. */
    @Test
    void aReaderMissesNoConcurrentRevocation() throws Exception {
        var store = make();
        var running = new AtomicInteger(THREADS);

        var seen = ConcurrentRun.run(
                THREADS + 1, thread -> thread == THREADS ? follow(store, running) : revoke(store, thread, running));

        assertThat(seen.getLast()).hasSize(THREADS * REVOCATIONS);
    }

    private Set<String> revoke(RevocationStore store, int thread, AtomicInteger running) {
        for (int i = 0; i < REVOCATIONS; i++) {
            store.revoke(token(thread + "-" + i), later, scope);
        }
        running.decrementAndGet();
        return Set.of();
    }

    private Set<String> follow(RevocationStore store, AtomicInteger running) {
        var seen = new HashSet<String>();
        long version = 0;
        for (boolean last = false; !last; ) {
            last = running.get() == 0;
            for (var change : store.changesSince(version, THREADS * REVOCATIONS, scope)) {
                version = change.version();
                seen.add(change.token().id());
            }
        }
        return seen;
    }
}
