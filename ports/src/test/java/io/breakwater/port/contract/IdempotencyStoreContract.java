package io.breakwater.port.contract;

import static io.breakwater.port.contract.SampleKeys.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.driven.IdempotencyStore;
import io.breakwater.port.driven.IdempotencyStore.Claim;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link IdempotencyStore} must do: grant a key once, and return the result that belongs to it. */
public abstract class IdempotencyStoreContract {
    private static final int THREADS = 64;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Optional<Json.Raw> RESULT = raw("{\"sum\":1.50}");

    private final CallContext scope = ManualCallContext.unhurried();
    private final IdempotencyKey key = key("order", "{}");
    private final IdempotencyKey other = key("order 2", "{}");

    /** Creates an empty store. */
    protected abstract IdempotencyStore make();

    @Test
    void aKeyIsInProgressUntilItsCallEnds() {
        var store = make();
        granted(store, key);

        var repeated = store.claim(key, LEASE, scope);

        assertThat(repeated)
                .isInstanceOfSatisfying(
                        Claim.InProgress.class,
                        running -> assertThat(running.retryAfter()).isPositive().isLessThanOrEqualTo(LEASE));
    }

    @Test
    void aFinishedCallHasItsFirstResult() {
        var store = make();
        store.complete(key, granted(store, key), RESULT, scope);

        assertThat(text(store.claim(key, LEASE, scope))).isEqualTo("{\"sum\":1.50}");
        assertThat(text(store.claim(key, LEASE, scope))).isEqualTo("{\"sum\":1.50}");
    }

    @Test
    void aResultThatIsNotKeptIsFinishedNevertheless() {
        var store = make();
        store.complete(key, granted(store, key), Optional.empty(), scope);

        assertThat(store.claim(key, LEASE, scope)).isEqualTo(new Claim.Finished(Optional.empty()));
    }

    @Test
    void aKeyBelongsToItsArguments() {
        var store = make();
        var changed = key("order", "{\"other\":1}");
        var claim = granted(store, key);

        assertThat(store.claim(changed, LEASE, scope)).isEqualTo(new Claim.OtherArguments());
        store.complete(key, claim, RESULT, scope);
        assertThat(store.claim(changed, LEASE, scope)).isEqualTo(new Claim.OtherArguments());
    }

    @Test
    void otherKeysAreIndependent() {
        var store = make();
        store.complete(key, granted(store, key), RESULT, scope);

        granted(store, other);
    }

    @Test
    void aReleasedKeyIsFree() {
        var store = make();
        store.release(key, granted(store, key), scope);

        granted(store, key);
    }

    @Test
    @CoversOutage("idempotency keys: process killed between the effect and the record")
    void aCallThatNeverEndedHasAnUnknownOutcome() {
        var store = make();
        assertThat(store.claim(key, Duration.ZERO, scope)).isInstanceOf(Claim.Granted.class);

        assertThat(store.claim(key, LEASE, scope)).isEqualTo(new Claim.OutcomeUnknown());
        assertThat(store.claim(key, LEASE, scope)).isEqualTo(new Claim.OutcomeUnknown());
    }

    @Test
    void anAbandonedCallHasAnUnknownOutcomeAtOnce() {
        var store = make();
        store.abandon(key, granted(store, key), scope);

        assertThat(store.claim(key, LEASE, scope)).isEqualTo(new Claim.OutcomeUnknown());
    }

    @Test
    void aCallThatEndsAfterItsLeaseStillRecordsItsResult() {
        var store = make();
        var claim = (Claim.Granted) store.claim(key, Duration.ZERO, scope);
        store.complete(key, claim, RESULT, scope);

        assertThat(text(store.claim(key, LEASE, scope))).isEqualTo("{\"sum\":1.50}");
    }

    @Test
    void findsTheStateOfAnEarlierCall() {
        var store = make();
        assertThat(store.find(key, scope)).isEmpty();

        var claim = granted(store, key);
        assertThat(store.find(key, scope)).get().isInstanceOf(Claim.InProgress.class);
        assertThat(store.find(key("order", "{\"other\":1}"), scope)).contains(new Claim.OtherArguments());

        store.complete(key, claim, RESULT, scope);
        assertThat(text(store.find(key, scope).orElseThrow())).isEqualTo("{\"sum\":1.50}");
        store.abandon(other, granted(store, other), scope);
        assertThat(store.find(other, scope)).contains(new Claim.OutcomeUnknown());
    }

    @Test
    void findingAKeyDoesNotClaimIt() {
        var store = make();

        assertThat(store.find(key, scope)).isEmpty();

        granted(store, key);
    }

    @Test
    void aRenewedClaimIsInProgressAgain() {
        var store = make();
        var claim = (Claim.Granted) store.claim(key, Duration.ZERO, scope);
        assertThat(store.claim(key, LEASE, scope)).isEqualTo(new Claim.OutcomeUnknown());

        store.renew(key, claim, LEASE, scope);

        assertThat(store.claim(key, LEASE, scope)).isInstanceOf(Claim.InProgress.class);
    }

    @Test
    void aKeyIsNotForgottenWhileItsClaimIsRenewed() {
        var store = make();
        var brief = key("order", "{}", Duration.ofMillis(1));
        var claim = granted(store, brief);

        store.renew(brief, claim, LEASE, scope);

        assertThat(store.claim(key, LEASE, scope)).isInstanceOf(Claim.InProgress.class);
    }

    @Test
    void aCallThatHasEndedRenewsNothing() {
        var store = make();
        var claim = granted(store, key);
        store.complete(key, claim, RESULT, scope);
        var released = granted(store, other);
        store.release(other, released, scope);

        store.renew(key, claim, Duration.ZERO, scope);
        store.renew(other, released, LEASE, scope);

        assertThat(text(store.claim(key, LEASE, scope))).isEqualTo("{\"sum\":1.50}");
        granted(store, other);
    }

    @Test
    void aResumedCallHasANewClaim() {
        var store = make();
        var earlier = granted(store, key);

        var resumed = store.resume(key, earlier, LEASE, scope).orElseThrow();

        assertThat(store.claim(key, LEASE, scope)).isInstanceOf(Claim.InProgress.class);
        store.release(key, earlier, scope);
        store.complete(key, resumed, RESULT, scope);
        assertThat(text(store.claim(key, LEASE, scope))).isEqualTo("{\"sum\":1.50}");
    }

    @Test
    void aClaimIsResumedOnceAndWhileItsCallHasNotEnded() {
        var store = make();
        var earlier = granted(store, key);
        store.resume(key, earlier, LEASE, scope);
        var ended = granted(store, other);
        store.complete(other, ended, RESULT, scope);

        assertThat(store.resume(key, earlier, LEASE, scope)).isEmpty();
        assertThat(store.resume(other, ended, LEASE, scope)).isEmpty();
        assertThat(store.resume(key("third", "{}"), earlier, LEASE, scope)).isEmpty();
    }

    @Test
    void oneOfManyConcurrentCallsResumesAClaim() throws Exception {
        var store = make();
        var earlier = granted(store, key);

        var resumed = ConcurrentRun.run(THREADS, thread -> store.resume(key, earlier, LEASE, scope));

        assertThat(resumed.stream().flatMap(Optional::stream)).hasSize(1);
    }

    @Test
    void anExpiredKeyIsFree() {
        var store = make();
        var brief = key("order", "{}", Duration.ofMillis(1));
        var claim = granted(store, brief);
        store.complete(brief, claim, RESULT, scope);

        Eventually.holds(() -> store.claim(key, LEASE, scope) instanceof Claim.Granted);
    }

    @Test
    void aForgottenClaimChangesNothing() {
        var store = make();
        var brief = key("order", "{}", Duration.ofMillis(1));
        var forgotten = granted(store, brief);
        Eventually.holds(() -> store.claim(key, LEASE, scope) instanceof Claim.Granted);

        store.complete(key, forgotten, RESULT, scope);
        store.release(key, forgotten, scope);
        store.abandon(key, forgotten, scope);

        assertThat(store.claim(key, LEASE, scope)).isInstanceOf(Claim.InProgress.class);
    }

    @Test
    void oneOfManyConcurrentCallsIsGrantedAKey() throws Exception {
        var store = make();

        var claims = ConcurrentRun.run(THREADS, thread -> store.claim(key, LEASE, scope));

        assertThat(claims.stream().filter(Claim.Granted.class::isInstance)).hasSize(1);
        assertThat(claims.stream().filter(Claim.InProgress.class::isInstance)).hasSize(THREADS - 1);
    }

    private Claim.Granted granted(IdempotencyStore store, IdempotencyKey wanted) {
        var claim = store.claim(wanted, LEASE, scope);
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        return (Claim.Granted) claim;
    }

    private static String text(Claim claim) {
        assertThat(claim).isInstanceOf(Claim.Finished.class);
        return new String(((Claim.Finished) claim).result().orElseThrow().utf8(), StandardCharsets.UTF_8);
    }

    private static Optional<Json.Raw> raw(String json) {
        return Optional.of(new Json.Raw(json.getBytes(StandardCharsets.UTF_8)));
    }
}
