package io.breakwater.core.business.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breakwater.core.business.concurrency.Rejection.Reason;
import io.breakwater.server.settings.ConcurrencySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who receives a permit, who waits, and who is refused. */
class PermitPoolTest {
    private static final long MILLI = 1_000_000;
    private static final ConcurrencySettings FIXED =
            ConcurrencySettings.STANDARD.withoutAdaptiveLimits().withPerPrincipal(1_000);

    private long now = 1_000 * MILLI;

    private PermitPool pool(int max, ConcurrencySettings settings) {
        return new PermitPool(max, settings, () -> 0.5);
    }

    /** A pool with enough permits, of which the class "a" may have this many. */
    private PermitPool limited(int permits, ConcurrencySettings settings) {
        var pool = pool(100, settings);
        pool.limit(pool.costClass("a"), "a", permits);
        return pool;
    }

    private Admission request(PermitPool pool, String costClass, String caller) {
        return request(pool, costClass, caller, Duration.ofSeconds(30));
    }

    private Admission request(PermitPool pool, String costClass, String caller, Duration remaining) {
        return pool.request(
                pool.costClass(costClass), new Caller(caller, false), PermitScope.CALL, now, remaining::toNanos);
    }

    private Admission requestForItem(PermitPool pool, String costClass, String caller) {
        return pool.request(
                pool.costClass(costClass), new Caller(caller, false), PermitScope.ITEM, now, () -> 30_000 * MILLI);
    }

    /** Returns how the wait ended; null while it lasts. */
    private static @Nullable Admission result(Admission admission) {
        var result = new AtomicReference<@Nullable Admission>();
        ((WaitingCall) admission).result().thenAccept(result::set);
        return result.get();
    }

    private static void assertRejected(@Nullable Admission admission, Reason reason) {
        assertThat(admission)
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.reason()).isEqualTo(reason));
    }

    // ---- limits ----------------------------------------------------------------------------------------------------

    @Test
    void grantsPermitsUpToTheLimitOfTheServer() {
        var pool = pool(2, FIXED.withQueue(0, Duration.ofSeconds(1)));
        var first = (Permit) request(pool, "a", "one");
        assertThat(request(pool, "b", "one")).isInstanceOf(Permit.class);
        assertRejected(request(pool, "c", "one"), Reason.SERVER_LIMIT);

        pool.release(first, now);
        assertThat(request(pool, "c", "one")).isInstanceOf(Permit.class);
    }

    @Test
    void aSecondReleaseOfOnePermitFreesNothing() {
        var pool = pool(1, FIXED.withQueue(0, Duration.ofSeconds(1)));
        var first = (Permit) request(pool, "a", "one");
        pool.release(first, now);
        pool.release(first, now);

        assertThat(request(pool, "a", "one")).isInstanceOf(Permit.class);
        assertRejected(request(pool, "a", "one"), Reason.SERVER_LIMIT);
    }

    @Test
    void aToolWithAMaximumLeavesPermitsForOtherTools() {
        var pool = pool(10, FIXED.withQueue(0, Duration.ofSeconds(1)));
        pool.limit(pool.costClass("slow"), "slow", 1);
        request(pool, "slow", "one");

        assertRejected(request(pool, "slow", "two"), Reason.CLASS_LIMIT);
        assertThat(request(pool, "fast", "two")).isInstanceOf(Permit.class);
    }

    @Test
    void theSmallestMaximumOfItsToolsLimitsASharedClass() {
        var pool = pool(10, FIXED);
        var shared = pool.costClass("database");
        pool.limit(shared, "one", 5);
        pool.limit(shared, "two", 3);
        assertThat(pool.limit(shared, now)).isEqualTo(3);

        pool.limit(shared, "two", 7);
        assertThat(pool.limit(shared, now)).isEqualTo(5);
    }

    @Test
    void onePrincipalCannotHoldAllPermits() {
        var pool = pool(4, ConcurrencySettings.STANDARD.withoutAdaptiveLimits().withQueue(0, Duration.ofSeconds(1)));
        request(pool, "a", "one");
        request(pool, "b", "one");

        assertRejected(request(pool, "c", "one"), Reason.PRINCIPAL_LIMIT);
        assertThat(request(pool, "c", "two")).isInstanceOf(Permit.class);
    }

    @Test
    void aSuspendedCallHoldsNoPermitAndContinuesAboveTheLimit() {
        var pool = pool(1, FIXED.withQueue(0, Duration.ofSeconds(1)));
        var asking = (Permit) request(pool, "a", "one");
        pool.suspend(asking, now);
        pool.suspend(asking, now);
        var other = (Permit) request(pool, "a", "two");

        pool.resume(asking);
        assertThat(pool.running(pool.costClass("a"))).isEqualTo(2);
        pool.release(other, now);
        assertRejected(request(pool, "a", "two"), Reason.SERVER_LIMIT);
        pool.release(asking, now);
        assertThat(request(pool, "a", "two")).isInstanceOf(Permit.class);
    }

    // ---- items of batches ------------------------------------------------------------------------------------------

    @Test
    void anItemCountsInItsCostClassOnly() {
        var pool = pool(2, FIXED.withPerPrincipal(1).withQueue(0, Duration.ofSeconds(1)));
        request(pool, "batch", "one");
        request(pool, "b", "two");
        var first = (Permit) requestForItem(pool, "a", "one");
        assertThat(requestForItem(pool, "a", "one")).isInstanceOf(Permit.class);
        assertRejected(requestForItem(pool, "a", "one"), Reason.CLASS_LIMIT);

        pool.release(first, now);
        assertThat(requestForItem(pool, "a", "one")).isInstanceOf(Permit.class);
        assertRejected(request(pool, "b", "three"), Reason.SERVER_LIMIT);
    }

    @Test
    void callsAndItemsShareTheLimitOfACostClass() {
        var pool = limited(2, FIXED.withQueue(0, Duration.ofSeconds(1)));
        request(pool, "a", "one");
        requestForItem(pool, "a", "two");

        assertRejected(request(pool, "a", "one"), Reason.CLASS_LIMIT);
        assertRejected(requestForItem(pool, "a", "two"), Reason.CLASS_LIMIT);
    }

    @Test
    void aWaitingItemPassesCallsThatTheServerHasNoPermitFor() {
        var pool = pool(2, FIXED);
        pool.limit(pool.costClass("a"), "a", 1);
        var item = (Permit) requestForItem(pool, "a", "one");
        request(pool, "b", "two");
        request(pool, "b", "two");
        var call = request(pool, "a", "one");
        var nextItem = requestForItem(pool, "a", "one");

        pool.release(item, now);
        assertThat(result(nextItem)).isInstanceOf(Permit.class);
        assertThat(result(call)).isNull();
    }

    @Test
    void anItemIsNotHeldUpByTheLimitOfItsCaller() {
        var pool = pool(10, FIXED.withPerPrincipal(1));
        pool.limit(pool.costClass("a"), "a", 1);
        request(pool, "batch", "one");
        var item = (Permit) requestForItem(pool, "a", "one");
        var call = request(pool, "a", "one");
        var nextItem = requestForItem(pool, "a", "one");

        pool.release(item, now);
        assertThat(result(nextItem)).isInstanceOf(Permit.class);
        assertThat(result(call)).isNull();
    }

    @Test
    void itemsCountInTheFairShareOfTheirCaller() {
        var pool = limited(1, FIXED);
        var running = (Permit) requestForItem(pool, "a", "greedy");
        for (int i = 0; i < 40; i++) {
            var next = requestForItem(pool, "a", "greedy");
            pool.release(running, now);
            running = (Permit) Objects.requireNonNull(result(next));
        }
        var item = requestForItem(pool, "a", "greedy");
        var modest = request(pool, "a", "modest");
        pool.release(running, now);

        assertThat(result(modest)).isInstanceOf(Permit.class);
        assertThat(result(item)).isNull();
    }

    // ---- the queue -------------------------------------------------------------------------------------------------

    @Test
    void aWaitingCallReceivesThePermitThatIsReleased() {
        var pool = limited(1, FIXED);
        var first = (Permit) request(pool, "a", "one");
        var second = request(pool, "a", "one");
        assertThat(result(second)).isNull();

        pool.release(first, now);
        assertThat(result(second)).isInstanceOf(Permit.class);
        assertThat(pool.waiting(pool.costClass("a"))).isZero();
    }

    @Test
    void theOldestCallOfABurstComesFirst() {
        var pool = limited(1, FIXED);
        var first = (Permit) request(pool, "a", "one");
        var second = request(pool, "a", "one");
        now += MILLI;
        var third = request(pool, "a", "one");

        pool.release(first, now);
        assertThat(result(second)).isInstanceOf(Permit.class);
        assertThat(result(third)).isNull();
    }

    @Test
    void theNewestCallComesFirstOnceTheQueueHasNotBeenEmptyForAWhile() {
        var pool = limited(1, FIXED);
        var first = (Permit) request(pool, "a", "one");
        request(pool, "a", "one");
        now += 99 * MILLI;
        var second = request(pool, "a", "one");
        now += 2 * MILLI;
        var third = request(pool, "a", "one");

        pool.release(first, now);
        assertThat(result(third)).isInstanceOf(Permit.class);
        assertThat(result(second)).isNull();
    }

    @Test
    void aCallThatWaitsForTooLongIsRefused() {
        var pool = limited(1, FIXED);
        request(pool, "a", "one");
        var second = request(pool, "a", "one");
        now += 100 * MILLI;
        pool.sweep(now);
        assertThat(result(second)).isNull();

        now += MILLI;
        pool.sweep(now);
        assertRejected(result(second), Reason.QUEUE_TIMEOUT);
    }

    @Test
    void theSettingBoundsTheWait() {
        var pool = limited(1, FIXED.withQueue(10, Duration.ofMillis(20)));
        request(pool, "a", "one");
        var second = request(pool, "a", "one");
        now += 21 * MILLI;
        pool.sweep(now);

        assertRejected(result(second), Reason.QUEUE_TIMEOUT);
    }

    @Test
    void aFullQueueRefusesTheNewestCallOfABurst() {
        var pool = limited(1, FIXED.withQueue(2, Duration.ofSeconds(1)));
        request(pool, "a", "one");
        var second = request(pool, "a", "one");
        now += MILLI;
        request(pool, "a", "one");
        now += MILLI;

        assertRejected(request(pool, "a", "one"), Reason.CLASS_LIMIT);
        assertThat(result(second)).isNull();
    }

    @Test
    void noMoreCallsWaitInTotalThanMayRun() {
        var pool = pool(2, FIXED);
        request(pool, "a", "one");
        request(pool, "a", "one");
        request(pool, "b", "one");
        request(pool, "c", "one");

        assertRejected(request(pool, "d", "one"), Reason.SERVER_LIMIT);
    }

    @Test
    void aFullQueueRefusesACallOfTheCallerWithTheMostOfThem() {
        var pool = limited(1, FIXED.withQueue(3, Duration.ofSeconds(1)));
        var running = (Permit) request(pool, "a", "greedy");
        var waiting = new ArrayList<Admission>();
        for (int i = 0; i < 3; i++) {
            waiting.add(request(pool, "a", "greedy"));
        }
        var modest = request(pool, "a", "modest");

        assertThat(waiting)
                .filteredOn(call -> result(call) instanceof Rejection)
                .hasSize(1);
        pool.release(running, now);
        assertThat(result(modest)).isInstanceOf(Permit.class);
    }

    @Test
    void ofFullQueuesACallOfTheCallerWithTheMostOfThemInAllCostClassesIsRefused() {
        var pool = pool(6, FIXED);
        for (int i = 0; i < 6; i++) {
            request(pool, "a", "running");
        }
        var greedy = new ArrayList<Admission>();
        for (int i = 0; i < 4; i++) { // at most two in one queue
            greedy.add(request(pool, i % 2 == 0 ? "b" : "c", "greedy"));
        }
        var others = List.of(request(pool, "d", "other"), request(pool, "d", "other"));
        var newcomer = request(pool, "e", "newcomer");

        assertThat(result(newcomer)).isNull();
        assertThat(others).allSatisfy(call -> assertThat(result(call)).isNull());
        assertThat(greedy).filteredOn(call -> result(call) instanceof Rejection).hasSize(1);
    }

    @Test
    void aNewcomerWithTheMostWaitingCallsIsRefusedItself() {
        var pool = pool(2, FIXED);
        request(pool, "a", "running");
        request(pool, "a", "running");
        var first = request(pool, "b", "one");
        var second = request(pool, "c", "two");

        assertRejected(request(pool, "d", "three"), Reason.SERVER_LIMIT);
        assertThat(result(first)).isNull();
        assertThat(result(second)).isNull();
    }

    @Test
    void oneCallerCannotHaveMoreThanHalfOfTheWaitingCalls() {
        var pool = pool(6, ConcurrencySettings.STANDARD.withoutAdaptiveLimits());
        for (int i = 0; i < 6; i++) {
            request(pool, "a", "running-" + i);
        }
        var greedy = new ArrayList<Admission>();
        for (int i = 0; i < 3; i++) {
            greedy.add(request(pool, "class-" + i, "greedy"));
            now += MILLI;
        }
        assertRejected(request(pool, "class-0", "greedy"), Reason.SERVER_LIMIT);
        assertThat(greedy).allSatisfy(call -> assertThat(result(call)).isNull());
        var others = List.of(
                request(pool, "class-0", "one"), request(pool, "class-0", "two"), request(pool, "class-0", "three"));

        assertThat(others).allSatisfy(call -> assertThat(result(call)).isNull());
    }

    @Test
    void callsThatExpireInOneCostClassDoNotHoldUpThoseOfAnother() {
        var pool = pool(2, FIXED);
        request(pool, "a", "one");
        var running = (Permit) request(pool, "a", "one");
        var expired = request(pool, "b", "one");
        now += 90 * MILLI;
        var waiting = request(pool, "c", "one");
        now += 20 * MILLI;
        pool.release(running, now);

        assertRejected(result(expired), Reason.QUEUE_TIMEOUT);
        assertThat(result(waiting)).isInstanceOf(Permit.class);
    }

    @Test
    void aCancelledCallLeavesTheQueue() {
        var pool = limited(1, FIXED);
        var first = (Permit) request(pool, "a", "one");
        var second = (WaitingCall) request(pool, "a", "one");
        var third = request(pool, "a", "one");
        pool.cancel(second, now);
        pool.cancel(second, now);
        assertThat(pool.waiting(pool.costClass("a"))).isOne();

        pool.release(first, now);
        assertThat(result(second)).isNull();
        assertThat(result(third)).isInstanceOf(Permit.class);
    }

    @Test
    void cancellingACallThatReceivedItsPermitChangesNothing() {
        var pool = limited(1, FIXED);
        var first = (Permit) request(pool, "a", "one");
        var second = (WaitingCall) request(pool, "a", "one");
        pool.release(first, now);
        pool.cancel(second, now);

        assertThat(pool.running(pool.costClass("a"))).isOne();
        assertThat(result(second)).isInstanceOf(Permit.class);
    }

    @Test
    void permitsOfAFullServerGoToOneCostClassAfterAnother() {
        var pool = pool(3, FIXED);
        var first = (Permit) request(pool, "a", "one");
        var second = (Permit) request(pool, "a", "one");
        request(pool, "a", "one");
        request(pool, "a", "one");
        request(pool, "a", "one");
        var other = request(pool, "b", "one");
        pool.release(first, now);
        pool.release(second, now);

        assertThat(result(other)).isInstanceOf(Permit.class);
    }

    @Test
    void callersShareACostClassEvenly() {
        var pool = limited(4, FIXED);
        var running = new ArrayList<Permit>();
        for (int i = 0; i < 4; i++) {
            running.add((Permit) request(pool, "a", "greedy"));
        }
        for (int i = 0; i < 4; i++) {
            request(pool, "a", "greedy");
        }
        var modest = List.of(request(pool, "a", "modest"), request(pool, "a", "modest"));
        pool.release(running.get(0), now);
        pool.release(running.get(1), now);

        assertThat(modest).allSatisfy(call -> assertThat(result(call)).isInstanceOf(Permit.class));
    }

    @Test
    void aCallerThatCallsMoreOftenDoesNotReceiveMore() {
        var pool = limited(1, FIXED.withQueue(100, Duration.ofSeconds(1)));
        var running = (Permit) request(pool, "a", "modest");
        int greedy = 0;
        for (int i = 0; i < 20; i++) {
            var demands =
                    List.of(request(pool, "a", "greedy"), request(pool, "a", "modest"), request(pool, "a", "greedy"));
            pool.release(running, now);
            var served = demands.stream().map(PermitPoolTest::result).filter(Permit.class::isInstance);
            running = (Permit) served.findFirst().orElseThrow();
            greedy += running.share().load.caller.id().equals("greedy") ? 1 : 0;
            demands.stream().map(WaitingCall.class::cast).forEach(call -> pool.cancel(call, now));
            now += MILLI;
        }

        assertThat(greedy).isBetween(9, 11);
    }

    @Test
    void aCallerWithLongCallsComesAfterThoseWithShortOnes() {
        var pool = limited(8, FIXED);
        for (int i = 0; i < 7; i++) {
            request(pool, "a", "long");
        }
        var running = (Permit) request(pool, "a", "short");
        for (int i = 0; i < 200; i++) { // the short calls have received many more permits
            request(pool, "a", "long");
            var next = request(pool, "a", "short");
            pool.release(running, now);
            assertThat(result(next)).isInstanceOf(Permit.class);
            running = (Permit) Objects.requireNonNull(result(next));
        }
    }

    @Test
    void aCallerAtItsOwnLimitDoesNotHoldUpOthers() {
        var pool = limited(4, FIXED.withPerPrincipal(1));
        request(pool, "a", "greedy");
        assertThat(result(request(pool, "a", "greedy"))).isNull();

        assertThat(request(pool, "a", "modest")).isInstanceOf(Permit.class);
    }

    // ---- deadlines -------------------------------------------------------------------------------------------------

    /** A pool whose calls take 20 ms, and in which one runs. */
    private PermitPool measured() {
        var pool = pool(10, ConcurrencySettings.STANDARD);
        for (int i = 0; i < 20; i++) {
            var permit = (Permit) request(pool, "a", "one");
            now += 20 * MILLI;
            pool.release(permit, now, 20 * MILLI);
        }
        request(pool, "a", "one");
        return pool;
    }

    @Test
    void aCallWithLessTimeThanTheServiceTimeIsRefusedAtOnce() {
        var pool = measured();

        assertRejected(request(pool, "a", "two", Duration.ofMillis(19)), Reason.DEADLINE);
        assertThat(request(pool, "a", "two", Duration.ofMillis(20))).isInstanceOf(Permit.class);
        assertThat(request(pool, "b", "two", Duration.ofMillis(1))).isInstanceOf(Permit.class);
    }

    @Test
    void oneCallAlwaysRunsSoThatTheServiceTimeStaysKnown() {
        var pool = pool(10, ConcurrencySettings.STANDARD);
        for (int i = 0; i < 20; i++) {
            var permit = (Permit) request(pool, "a", "one");
            now += 20 * MILLI;
            pool.release(permit, now, 20 * MILLI);
        }

        assertThat(request(pool, "a", "one", Duration.ofMillis(1))).isInstanceOf(Permit.class);
    }

    @Test
    void aCallDoesNotWaitIfItCouldNotEndInTime() {
        var pool = measured();
        pool.limit(pool.costClass("a"), "a", 1);

        assertRejected(request(pool, "a", "two", Duration.ofMillis(30)), Reason.DEADLINE);
        assertThat(result(request(pool, "a", "two", Duration.ofMillis(45)))).isNull();
    }

    @Test
    void theTimeBeforeARetryFollowsTheServiceTime() {
        var pool = pool(1, ConcurrencySettings.STANDARD.withQueue(0, Duration.ofSeconds(1)));
        for (int i = 0; i < 20; i++) {
            var permit = (Permit) request(pool, "a", "one");
            now += 700 * MILLI;
            pool.release(permit, now, 700 * MILLI);
        }
        request(pool, "a", "one");

        assertThat(request(pool, "a", "one"))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.retryAfter()).isEqualTo(Duration.ofMillis(700)));
    }

    // ---- bounds ----------------------------------------------------------------------------------------------------

    @Test
    void callersThatCallOnceAreNotRemembered() {
        var pool = pool(10, FIXED);
        for (int i = 0; i < 100_000; i++) {
            pool.release((Permit) request(pool, "a", "caller-" + i), now);
        }

        assertThat(pool.callers()).isLessThan(1_000);
    }

    @Test
    void theNumberOfCostClassesIsLimited() {
        var pool = pool(10, FIXED);
        for (int i = 0; i < PermitPool.MAX_CLASSES; i++) {
            assertThat(pool.costClass("class-" + i).name()).isEqualTo("class-" + i);
        }

        assertThat(pool.costClass("one more")).isSameAs(pool.costClass("another one"));
        assertThat(pool.costClass("class-1").name()).isEqualTo("class-1");
    }

    @Test
    void aLimitBelowOneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> pool(0, FIXED)).withMessageContaining("concurrency");
    }
}
