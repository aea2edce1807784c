package io.breakwater.port.contract;

import static io.breakwater.port.contract.SampleKeys.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.driven.OrderStore;
import io.breakwater.port.driven.OrderStore.Claim;
import io.breakwater.port.driven.OrderStore.Progress;
import io.breakwater.port.driven.OrderStore.Stage;
import io.breakwater.port.driven.OrderStore.Start;
import io.breakwater.port.driven.OrderStore.Terms;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link OrderStore} must do: give each order to one run at a time, and never forget one that has not ended. */
public abstract class OrderStoreContract {
    private static final int THREADS = 32;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Terms LONG = new Terms(LEASE, LEASE.multipliedBy(2));
    private static final Terms SHORT = new Terms(MOMENT, LEASE);
    private static final Terms SHORT_AND_DUE = new Terms(MOMENT, MOMENT);
    private static final Json.Obj NEW = details("{\"total\":39.80,\"items\":[{\"sku\":\"\\u0000ü\"}]}");
    private static final Json.Obj LATER = details("{\"order\":{\"id\":7,\"total\":39.800},\"steps\":[1e3,null]}");

    private final CallContext scope = ManualCallContext.unhurried();
    private final IdempotencyKey key = key("order", "{}");
    private final IdempotencyKey other = key("order 2", "{}");

    /** Creates an empty store. */
    protected abstract OrderStore make();

    private static Json.Obj details(String text) {
        return (Json.Obj) Json.parse(text);
    }

    private Claim claimed(OrderStore store, IdempotencyKey key, Terms terms) {
        return ((Start.Claimed) store.begin(key, NEW, terms, scope)).claim();
    }

    /** Claims an order again when the lease of the run before has ended. */
    private Claim reclaimed(OrderStore store, IdempotencyKey key) {
        return eventually(() -> store.begin(key, Json.Obj.EMPTY, LONG, scope) instanceof Start.Claimed(var claim)
                ? Optional.of(claim)
                : Optional.empty());
    }

    private Claim due(OrderStore store) {
        return eventually(() -> store.claimDue(LEASE, scope));
    }

    private static Claim eventually(Supplier<Optional<Claim>> attempt) {
        var found = new AtomicReference<Claim>();
        Eventually.holds(() -> {
            attempt.get().ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    @Test
    void aNewOrderHasBegun() {
        var claim = claimed(make(), key, LONG);

        assertThat(claim.digest()).isEqualTo(key.digest());
        assertThat(claim.progress()).isEqualTo(new Progress(Stage.BEGUN, NEW));
        assertThat(claim.attempts()).isZero();
        assertThat(claim.age()).isBetween(Duration.ZERO, LEASE);
    }

    @Test
    void aClaimedOrderIsInProgress() {
        var store = make();
        claimed(store, key, LONG);

        assertThat(store.begin(key, NEW, LONG, scope))
                .isInstanceOfSatisfying(
                        Start.InProgress.class,
                        running -> assertThat(running.retryAfter()).isPositive().isLessThanOrEqualTo(LEASE));
        claimed(store, other, LONG);
    }

    @ParameterizedTest
    @EnumSource
    void anOrderIsContinuedAtItsLastStage(Stage stage) {
        var store = make();
        var first = claimed(store, key, LONG);
        if (stage == Stage.ENDED) {
            assertThat(store.end(first, LATER, scope)).isTrue();
            assertThat(store.begin(key, NEW, LONG, scope)).isEqualTo(new Start.Ended(LATER));
            return;
        }
        assertThat(store.save(first, new Progress(stage, LATER), SHORT, scope)).isTrue();

        var second = reclaimed(store, key);

        assertThat(second.progress()).isEqualTo(new Progress(stage, LATER));
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(store.begin(key, NEW, LONG, scope)).isInstanceOf(Start.InProgress.class);
    }

    @Test
    void onlyTheRunWithTheClaimChangesAnOrder() {
        var store = make();
        var lost = claimed(store, key, SHORT);
        var present = reclaimed(store, key);

        assertThat(store.save(lost, new Progress(Stage.CANCELLING, LATER), LONG, scope))
                .isFalse();
        assertThat(store.postpone(lost, new Progress(Stage.CANCELLING, LATER), MOMENT, scope))
                .isFalse();
        assertThat(store.end(lost, LATER, scope)).isFalse();
        assertThat(store.remove(lost, scope)).isFalse();

        assertThat(store.end(present, NEW, scope)).isTrue();
        assertThat(store.begin(key, NEW, LONG, scope)).isEqualTo(new Start.Ended(NEW));
    }

    @Test
    void anOrderThatHasEndedNeverChanges() {
        var store = make();
        var claim = claimed(store, key, LONG);
        assertThat(store.end(claim, LATER, scope)).isTrue();

        assertThat(store.end(claim, NEW, scope)).isFalse();
        assertThat(store.save(claim, new Progress(Stage.CANCELLING, NEW), LONG, scope))
                .isFalse();
        assertThat(store.postpone(claim, new Progress(Stage.CANCELLING, NEW), MOMENT, scope))
                .isFalse();
        assertThat(store.remove(claim, scope)).isFalse();
        assertThat(store.begin(key, NEW, LONG, scope)).isEqualTo(new Start.Ended(LATER));
        assertThat(store.claimDue(LEASE, scope)).isEmpty();
    }

    @Test
    void aRunKeepsItsClaimAfterItsLeaseUntilAnotherTakesIt() {
        var store = make();
        var claim = claimed(store, key, SHORT_AND_DUE);
        assertThat(store.save(claim, new Progress(Stage.ORDER_SENT, LATER), LONG, scope))
                .isTrue();

        assertThat(store.begin(key, NEW, LONG, scope)).isInstanceOf(Start.InProgress.class);
    }

    @Test
    void aKeyBelongsToItsArguments() {
        var store = make();
        var changed = key("order", "{\"other\":1}");
        var claim = claimed(store, key, SHORT);

        assertThat(store.begin(changed, NEW, LONG, scope)).isEqualTo(new Start.OtherArguments());
        store.end(claim, LATER, scope);
        assertThat(store.begin(changed, NEW, LONG, scope)).isEqualTo(new Start.OtherArguments());
    }

    @Test
    void aRemovedOrderFreesItsKey() {
        var store = make();
        assertThat(store.remove(claimed(store, key, LONG), scope)).isTrue();

        assertThat(claimed(store, key, LONG).progress().stage()).isEqualTo(Stage.BEGUN);
    }

    @Test
    void anOrderIsDueWhenItsTimeHasComeAndItsLeaseHasEnded() {
        var store = make();
        claimed(store, other, SHORT);
        claimed(store, key, SHORT_AND_DUE);

        var claim = due(store);

        assertThat(claim.digest()).isEqualTo(key.digest());
        assertThat(claim.progress()).isEqualTo(new Progress(Stage.BEGUN, NEW));
        assertThat(store.claimDue(LEASE, scope)).isEmpty();
        assertThat(store.begin(key, NEW, LONG, scope)).isInstanceOf(Start.InProgress.class);
    }

    @Test
    void aPostponedOrderIsDueLaterAndCountsItsAttempts() {
        var store = make();
        var first = claimed(store, key, LONG);
        assertThat(store.postpone(first, new Progress(Stage.CANCELLING, LATER), MOMENT, scope))
                .isTrue();
        var second = due(store);
        assertThat(second.progress()).isEqualTo(new Progress(Stage.CANCELLING, LATER));
        assertThat(second.attempts()).isEqualTo(1);
        assertThat(store.postpone(second, second.progress(), LEASE, scope)).isTrue();

        assertThat(store.claimDue(LEASE, scope)).isEmpty();
        assertThat(reclaimed(store, key).attempts()).isEqualTo(2);
    }

    @Test
    void theOrderThatIsDueForTheLongestTimeIsFirst() {
        var store = make();
        store.postpone(claimed(store, key, LONG), new Progress(Stage.CANCELLING, NEW), MOMENT.multipliedBy(20), scope);
        store.postpone(claimed(store, other, LONG), new Progress(Stage.CANCELLING, NEW), MOMENT, scope);

        Eventually.holds(() -> store.claimDue(LEASE, scope)
                .map(claim -> claim.digest().equals(other.digest()))
                .orElse(false));
        assertThat(due(store).digest()).isEqualTo(key.digest());
    }

    @Test
    void anOrderIsForgottenOnlyAfterItHasEnded() {
        var store = make();
        var brief = new IdempotencyKey(key.digest(), key.tool(), key.fingerprint(), MOMENT);
        var claim = claimed(store, brief, SHORT);
        assertThat(reclaimed(store, brief).progress().details()).isEqualTo(NEW);

        store.postpone(claim, new Progress(Stage.PAYMENT_SENT, LATER), LEASE, scope);
        var again = claimed(store, other, LONG);
        store.end(again, LATER, scope);
        assertThat(store.begin(brief, LATER, LONG, scope)).isInstanceOf(Start.InProgress.class);
    }

    @Test
    void aForgottenKeyIsFree() {
        var store = make();
        var brief = new IdempotencyKey(key.digest(), key.tool(), key.fingerprint(), MOMENT);
        store.end(claimed(store, brief, LONG), LATER, scope);

        var claim = reclaimed(store, brief);

        assertThat(claim.progress()).isEqualTo(new Progress(Stage.BEGUN, Json.Obj.EMPTY));
        assertThat(claim.attempts()).isZero();
    }

    @Test
    void anOrderWithoutAKnownOutcomeIsNeverForgotten() {
        var store = make();
        var brief = new IdempotencyKey(key.digest(), key.tool(), key.fingerprint(), MOMENT);
        var forgotten = new IdempotencyKey(other.digest(), other.tool(), other.fingerprint(), MOMENT);
        store.endUnresolved(claimed(store, brief, LONG), LATER, scope);
        store.end(claimed(store, forgotten, LONG), LATER, scope);

        reclaimed(store, forgotten); // both would have been forgotten by now

        assertThat(store.begin(brief, NEW, LONG, scope)).isEqualTo(new Start.Ended(LATER));
    }

    @Test
    void ofConcurrentCallsOneReceivesANewOrder() throws Exception {
        var store = make();

        var starts = ConcurrentRun.run(THREADS, thread -> store.begin(key, NEW, LONG, scope));

        assertThat(starts).filteredOn(Start.Claimed.class::isInstance).hasSize(1);
        assertThat(starts).filteredOn(Start.InProgress.class::isInstance).hasSize(THREADS - 1);
    }

    @Test
    void ofConcurrentRunsOneReceivesAnOrderThatWasLeft() throws Exception {
        var store = make();
        store.postpone(claimed(store, key, LONG), new Progress(Stage.CANCELLING, LATER), MOMENT, scope);
        store.postpone(claimed(store, other, LONG), new Progress(Stage.CANCELLING, LATER), Duration.ofDays(1), scope);
        Eventually.holds(() -> claimedOnce(store));
    }

    /** All threads try at the same moment; before the order is due, none succeeds. */
    private boolean claimedOnce(OrderStore store) {
        try {
            long claims = ConcurrentRun.run(THREADS, thread -> isClaimed(store, thread)).stream()
                    .filter(Boolean::booleanValue)
                    .count();
            assertThat(claims).isLessThanOrEqualTo(1);
            return claims == 1;
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private boolean isClaimed(OrderStore store, int thread) {
        return thread % 2 == 0
                ? store.claimDue(LEASE, scope).isPresent()
                : store.begin(key, NEW, LONG, scope) instanceof Start.Claimed;
    }
}
