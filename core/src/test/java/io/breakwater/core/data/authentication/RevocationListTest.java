package io.breakwater.core.data.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.RevocationStore;
import io.breakwater.port.driven.RevocationStore.TokenName;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryRevocationStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevocationListTest {
    private static final String HERE = "breakwater";
    private static final Duration FIRST_LOAD = Duration.ofSeconds(5);
    private static final String ELSEWHERE = "https://idp.example";

    private final CallContext scope = ManualCallContext.unhurried();
    private final SimulatedLink line = new SimulatedLink();
    private final MemoryRevocationStore store = new MemoryRevocationStore(line);
    private final ManualExecutors executors = new ManualExecutors();
    private final Instant later = executors.clock().instant().plus(Duration.ofHours(1));

    private RevocationList loaded() {
        var list = new RevocationList(store, HERE, FIRST_LOAD, executors);
        executors.runAll();
        return list;
    }

    private Valid token(String issuer, String id) {
        return new Valid(Principal.of(issuer, "ann"), later, id);
    }

    /** Lets time pass in steps, so that each request is due in its turn. */
    private void pass(Duration time) {
        for (var rest = time; rest.isPositive(); rest = rest.minusMillis(250)) {
            executors.pass(Duration.ofMillis(250));
            executors.runAll();
        }
    }

    @Test
    void aTokenIsRefusedWithinASecondOfItsRevocation() {
        var list = loaded();
        assertThat(list.isRevoked(token(HERE, "1"))).isFalse();

        store.revoke(new TokenName(HERE, "1"), later, scope);
        pass(Duration.ofSeconds(1));

        assertThat(list.isRevoked(token(HERE, "1"))).isTrue();
        assertThat(list.isRevoked(token(HERE, "2"))).isFalse();
        assertThat(list.isRevoked(token(HERE, ""))).isFalse();
        assertThat(list.isRevoked(token(ELSEWHERE, "1"))).isFalse();
    }

    @Test
    void aServerThatStartsKnowsEarlierRevocations() {
        for (int i = 0; i < 2_500; i++) {
            store.revoke(new TokenName(HERE, "t" + i), later, scope);
        }

        var list = loaded();

        assertThat(list.size()).isEqualTo(2_500);
        assertThat(list.isRevoked(token(HERE, "t2499"))).isTrue();
    }

    @Test
    void theRevocationOfAGroupRevokesItsTokens() {
        store.revoke(new TokenName(HERE, "7-1"), later, scope);
        var list = loaded();

        assertThat(list.isRevoked(token(HERE, "7-1.abc"))).isTrue();
        assertThat(list.isRevoked(token(HERE, "7-1"))).isTrue();
        assertThat(list.isRevoked(token(HERE, "7-2.abc"))).isFalse();
        assertThat(list.isRevoked(token(HERE, "7-11.abc"))).isFalse();
        assertThat(list.isRevoked(token(HERE, ".7-1"))).isFalse();
    }

    @Test
    @CoversOutage({"revocations: store down for longer, or at the start", "revocations by other issuers: store down"})
    void beforeTheFirstAnswerOnlyTokensOfOtherIssuersAreAccepted() {
        var list = new RevocationList(store, HERE, FIRST_LOAD, executors);

        refusesTokensFromHere(list);
        assertThat(list.isRevoked(token(ELSEWHERE, "1"))).isFalse();

        executors.runAll();
        assertThat(list.isRevoked(token(HERE, "1"))).isFalse();
    }

    @Test
    void theCheckOfATokenWaitsForTheFirstList() throws InterruptedException {
        store.revoke(new TokenName(HERE, "1"), later, scope);
        var list = new RevocationList(store, HERE, FIRST_LOAD, executors);
        var check = waiting(list);

        executors.runAll();

        assertEnds(check);
        assertThat(list.isRevoked(token(HERE, "1"))).isTrue();
        assertThat(list.isRevoked(token(HERE, "2"))).isFalse();
    }

    @Test
    void theWaitForTheFirstListIsLimitedAndNamesTheStore() throws InterruptedException {
        line.cut();
        var list = loaded();
        var check = waiting(list);

        pass(FIRST_LOAD.minusSeconds(1));
        assertThat(check.isAlive()).isTrue();
        pass(Duration.ofSeconds(1));

        assertEnds(check);
        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> list.isRevoked(token(HERE, "2")))
                .withMessage(
                        "The list of revoked tokens is not available: the store does not answer (The line was cut by the test).");
        list.awaitReady(token(HERE, "2"), scope); // the limit has passed, so this returns at once
        line.mend();
        pass(Duration.ofSeconds(1));
        assertThat(list.isRevoked(token(HERE, "2"))).isFalse();
    }

    @Test
    void aTokenOfAnotherIssuerWaitsForNoList() {
        line.cut();
        var list = loaded();

        list.awaitReady(token(ELSEWHERE, "1"), scope);

        assertThat(list.isRevoked(token(ELSEWHERE, "1"))).isFalse();
    }

    /** Begins the check of a token on a thread of its own; returns when it waits. */
    private Thread waiting(RevocationList list) {
        var thread = Thread.ofVirtual().start(() -> list.awaitReady(token(HERE, "2"), scope));
        Eventually.holds(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private static void assertEnds(Thread thread) throws InterruptedException {
        assertThat(thread.join(Duration.ofSeconds(Eventually.SECONDS))).isTrue();
    }

    @Test
    void theLogSaysThatTheStoreFailedBecauseOfABug() {
        var broken = new RevocationStore() {
            @Override
            public void revoke(TokenName token, Instant expires, CallContext context) {
                throw new IllegalStateException();
            }

            @Override
            public List<Revocation> changesSince(long version, int limit, CallContext context) {
                throw new IllegalStateException();
            }
        };
        try (var log = CapturedLog.of(RevocationList.class.getName())) {
            var unused = new RevocationList(broken, HERE, FIRST_LOAD, executors);
            executors.runAll();

            assertThat(log.warnings())
                    .containsExactly("The list of revoked tokens cannot be loaded because of a bug. Tokens that this"
                            + " deployment issued are refused until it is.");
        }
    }

    @Test
    void theLogSaysFromWhenTokensAreRefused() {
        try (var log = CapturedLog.of(RevocationList.class.getName())) {
            line.cut();
            loaded();
            assertThat(log.warnings()).singleElement().asString().endsWith("are refused until it is.");
        }
        line.mend();
        var list = loaded();
        assertThat(list.size()).isZero();
        try (var log = CapturedLog.of(RevocationList.class.getName())) {
            line.cut();
            pass(Duration.ofSeconds(1));
            assertThat(log.warnings()).last().asString().endsWith("are refused when this lasts for 60 s.");
        }
    }

    @Test
    @CoversOutage({
        "revocations: store down for up to a minute",
        "revocations: store down for longer, or at the start",
        "revocations by other issuers: store down"
    })
    void theLastKnownListCountsForAMinuteWithoutTheStore() {
        store.revoke(new TokenName(HERE, "1"), later, scope);
        store.revoke(new TokenName(ELSEWHERE, "1"), later, scope);
        var list = loaded();
        line.cut();

        pass(Duration.ofSeconds(59));
        assertThat(list.isRevoked(token(HERE, "1"))).isTrue();
        assertThat(list.isRevoked(token(HERE, "2"))).isFalse();

        pass(Duration.ofSeconds(2));
        refusesTokensFromHere(list);
        assertThat(list.isRevoked(token(ELSEWHERE, "1"))).isTrue();
        assertThat(list.isRevoked(token(ELSEWHERE, "2"))).isFalse();

        line.mend();
        pass(Duration.ofSeconds(1));
        assertThat(list.isRevoked(token(HERE, "2"))).isFalse();
    }

    @Test
    void theAgeOfTheListCountsFromTheBeginningOfTheRequest() {
        var list = new RevocationList(new SlowStore(Duration.ofSeconds(40)), HERE, FIRST_LOAD, executors);
        executors.runAll();
        line.cut();

        executors.pass(Duration.ofSeconds(20));
        assertThat(list.isRevoked(token(HERE, "2"))).isFalse();
        executors.pass(Duration.ofMillis(1));
        refusesTokensFromHere(list);
    }

    @Test
    void forgetsARevocationAfterItsExpiry() {
        store.revoke(new TokenName(HERE, "1"), later, scope);
        var list = loaded();
        assertThat(list.size()).isEqualTo(1);

        executors.pass(Duration.ofHours(1).plusSeconds(1));
        executors.runAll();

        assertThat(list.size()).isZero();
    }

    private void refusesTokensFromHere(RevocationList list) {
        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> list.isRevoked(token(HERE, "2")))
                .withMessageStartingWith("The list of revoked tokens is not available: the store does not answer (");
    }

    /** A store whose responses take a while. */
    private final class SlowStore implements RevocationStore {
        private final Duration time;

        SlowStore(Duration time) {
            this.time = time;
        }

        @Override
        public void revoke(TokenName token, Instant expires, CallContext context) {
            store.revoke(token, expires, context);
        }

        @Override
        public List<Revocation> changesSince(long version, int limit, CallContext context) {
            var changes = store.changesSince(version, limit, context);
            executors.pass(time);
            return changes;
        }
    }
}
