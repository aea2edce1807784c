package io.breakwater.core.data.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.authentication.FailureBudget.Reservation;
import io.breakwater.core.business.authentication.FailureBudget.Reservation.Granted;
import io.breakwater.core.business.authentication.FailureBudget.Reservation.LockedOut;
import io.breakwater.core.business.authentication.FailureSource;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class FailureCountersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration INTERVAL = SECOND.multipliedBy(2);
    private static final FailureLimit LIMIT = new FailureLimit(10, INTERVAL, SECOND, SECOND.multipliedBy(60));
    private static final FailureLimit MANY = new FailureLimit(1_000_000, Duration.ofNanos(1_000), SECOND, SECOND);
    private static final FailureSource SOURCE = FailureSource.of("192.0.2.1");

    private final ManualExecutors executors = new ManualExecutors();
    private final FailureCounters counters = new FailureCounters(1_000, LIMIT, MANY, executors);

    private int failuresUntilLockout(FailureSource source) {
        int failures = 0;
        while (counters.withdraw(source).isZero()) {
            failures++;
        }
        return failures;
    }

    @Test
    void allowsTheBurstAndThenLocksOut() {
        assertThat(failuresUntilLockout(SOURCE)).isEqualTo(10);
        assertThat(counters.remainingLockout(SOURCE)).isEqualTo(INTERVAL);
        assertThat(counters.withdraw(SOURCE)).isEqualTo(INTERVAL);
        assertThat(counters.remainingLockout(FailureSource.of("192.0.2.2"))).isZero();
        assertThat(counters.remainingLockout(SOURCE.withKey("abcd2345"))).isZero();
    }

    @Test
    void eachLockoutIsTwiceAsLongUpToTheLongest() {
        failuresUntilLockout(SOURCE);
        for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
            assertThat(counters.remainingLockout(SOURCE)).isEqualTo(Duration.ofSeconds(seconds));
            executors.pass(Duration.ofSeconds(seconds));
            assertThat(counters.remainingLockout(SOURCE)).isZero();
            failuresUntilLockout(SOURCE);
        }
    }

    @Test
    void aCheckIsPossibleAfterEachLockout() {
        for (var interval : List.of(SECOND.dividedBy(3), SECOND, SECOND.multipliedBy(7), SECOND.multipliedBy(100))) {
            var limit = new FailureLimit(3, interval, SECOND, SECOND.multipliedBy(60));
            var slow = new FailureCounters(1_000, limit, MANY, executors);
            for (int i = 0; i < 20; i++) {
                while (slow.withdraw(SOURCE).isZero()) {
                    executors.pass(SECOND.dividedBy(10));
                }
                executors.pass(slow.remainingLockout(SOURCE));

                assertThat(slow.withdraw(SOURCE)).as("after lock-out %s", i).isZero();
            }
        }
    }

    @Test
    void aReservationThatFailsDuringALockoutMakesNoRetryFail() {
        var reservation = reserve(SOURCE);
        failuresUntilLockout(SOURCE);
        reservation.fail();
        executors.pass(counters.remainingLockout(SOURCE));

        assertThat(counters.withdraw(SOURCE)).isZero();
    }

    @Test
    void theNumberOfFailuresInAnHourIsBoundedByTheBudget() {
        int failures = 0;
        for (int i = 0; i < 3600; i++) {
            failures += failuresUntilLockout(SOURCE);
            executors.pass(SECOND);
        }

        assertThat(failures).isBetween(20, 10 + 3600 / 2);
    }

    @Test
    void theLongestLockoutAfterTheLastOneStartsAfresh() {
        failuresUntilLockout(SOURCE);
        executors.pass(INTERVAL.plus(LIMIT.maxLockout()));
        assertThat(failuresUntilLockout(SOURCE)).isEqualTo(10);
        assertThat(counters.remainingLockout(SOURCE)).isEqualTo(INTERVAL.multipliedBy(2));

        executors.pass(INTERVAL.multipliedBy(2).plus(LIMIT.maxLockout()).plusNanos(1));
        assertThat(failuresUntilLockout(SOURCE)).isEqualTo(10);
        assertThat(counters.remainingLockout(SOURCE)).isEqualTo(INTERVAL);
    }

    @Test
    void aSourceThatIsQuietIsForgotten() {
        failuresUntilLockout(SOURCE);
        executors.pass(LIMIT.memory().plus(SECOND));
        assertThat(counters.size()).isZero();

        assertThat(failuresUntilLockout(SOURCE)).isEqualTo(10);
        assertThat(counters.remainingLockout(SOURCE)).isEqualTo(INTERVAL);
    }

    @Test
    void aCheckThatDidNotFailCostsNothing() {
        for (int i = 0; i < 1_000; i++) {
            reserve(SOURCE).release();
        }

        assertThat(failuresUntilLockout(SOURCE)).isEqualTo(10);
    }

    @Test
    void concurrentChecksThatDoNotFailNeverLockOut() {
        var running = reserveTimes(10);

        assertThat(counters.reserve(SOURCE, Duration.ZERO)).isEqualTo(new Reservation.Occupied());
        assertThat(counters.remainingLockout(SOURCE)).isZero();

        running.forEach(Granted::release);
        assertThat(failuresUntilLockout(SOURCE)).isEqualTo(10);
    }

    @Test
    void concurrentChecksThatFailNeverExceedTheBudget() {
        assertThat(counters.withdraw(SOURCE)).isZero();
        var running = reserveTimes(9);
        assertThat(counters.reserve(SOURCE, Duration.ZERO)).isEqualTo(new Reservation.Occupied());

        running.forEach(Granted::fail);

        assertThat(counters.reserve(SOURCE, Duration.ZERO)).isInstanceOf(LockedOut.class);
        assertThat(counters.remainingLockout(SOURCE)).isPositive();
    }

    @Test
    void aCheckWaitsUntilAnotherOneHasEnded() throws Exception {
        var running = reserveTimes(10);
        try (var waiting = new WaitingChecks(1)) {
            running.getFirst().release();

            assertThat(waiting.results()).hasOnlyElementsOfType(Granted.class);
        }
    }

    @Test
    void allChecksThatWaitLearnOfTheLockout() throws Exception {
        var running = reserveTimes(10);
        try (var waiting = new WaitingChecks(20)) {
            running.forEach(Granted::fail);

            assertThat(waiting.results()).hasSize(20).hasOnlyElementsOfType(LockedOut.class);
        }
    }

    @Test
    void oneSourceHasALimitedNumberOfChecksThatWait() throws Exception {
        reserveTimes(10);
        try (var waiting = new WaitingChecks(100)) {
            var oneMore = CompletableFuture.supplyAsync(
                    () -> counters.reserve(SOURCE, Duration.ofMinutes(15)), Thread.ofVirtual()::start);
            assertThat(oneMore)
                    .succeedsWithin(Duration.ofSeconds(Eventually.SECONDS))
                    .isEqualTo(new Reservation.Occupied());
            waiting.interrupt();

            assertThat(waiting.results()).hasSize(100).hasOnlyElementsOfType(Reservation.Occupied.class);
        }
    }

    @Test
    void aCheckThatAllSourcesTogetherHaveNoRoomForReservesNothing() {
        var few = new FailureCounters(1_000, LIMIT, new FailureLimit(1, SECOND, SECOND, SECOND), executors);
        var first = (Granted) few.reserve(FailureSource.of("198.51.100.1"), Duration.ZERO);
        for (int i = 0; i < 20; i++) {
            assertThat(few.reserve(SOURCE, Duration.ZERO)).isEqualTo(new Reservation.Occupied());
        }
        first.release();

        assertThat(few.reserve(SOURCE, Duration.ZERO)).isInstanceOf(Granted.class);
    }

    private Granted reserve(FailureSource source) {
        return (Granted) counters.reserve(source, Duration.ZERO);
    }

    private List<Granted> reserveTimes(int times) {
        var reservations = new ArrayList<Granted>();
        for (int i = 0; i < times; i++) {
            reservations.add(reserve(SOURCE));
        }
        return reservations;
    }

    /** Checks on threads of their own, all of which wait for a part of the budget. */
    private final class WaitingChecks implements AutoCloseable {
        private final List<Thread> threads = new ArrayList<>();
        private final Queue<Reservation> results = new ConcurrentLinkedQueue<>();

        WaitingChecks(int count) {
            for (int i = 0; i < count; i++) {
                threads.add(
                        Thread.ofVirtual().start(() -> results.add(counters.reserve(SOURCE, Duration.ofMinutes(15)))));
            }
            Eventually.holds(
                    () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        }

        void interrupt() {
            threads.forEach(Thread::interrupt);
        }

        Queue<Reservation> results() throws InterruptedException {
            for (var thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(Eventually.SECONDS))).isTrue();
            }
            return results;
        }

        @Override
        public void close() {
            interrupt();
        }
    }

    @Test
    @CoversOutage("budgets of failed credentials: memory full of addresses")
    void allSourcesTogetherHaveABudget() {
        var few = new FailureCounters(1_000, LIMIT, new FailureLimit(50, SECOND, SECOND, SECOND), executors);
        int failures = 0;
        for (int i = 0; i < 1_000; i++) {
            failures += few.withdraw(FailureSource.of("192.0.2." + i)).isZero() ? 1 : 0;
        }

        assertThat(failures).isEqualTo(50);
        assertThat(few.remainingLockoutOfAll()).isEqualTo(SECOND);
        assertThat(few.remainingLockout(FailureSource.of("198.51.100.1"))).isZero();
        executors.pass(SECOND);
        assertThat(few.withdraw(FailureSource.of("198.51.100.1"))).isZero();
    }

    @Test
    void aCheckThatCannotTakePlaceBecauseAllAreLockedOutCostsItsSourceNothing() {
        var few = new FailureCounters(1_000, LIMIT, new FailureLimit(5, SECOND, SECOND, SECOND), executors);
        for (int i = 0; few.remainingLockoutOfAll().isZero(); i++) {
            few.withdraw(FailureSource.of("198.51.100." + i));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(few.reserve(SOURCE, Duration.ZERO)).isEqualTo(new LockedOut(SECOND));
        }

        executors.pass(SECOND);
        assertThat(few.remainingLockout(SOURCE)).isZero();
        assertThat(few.reserve(SOURCE, Duration.ZERO)).isInstanceOf(Granted.class);
    }

    @Test
    void guessesAreCountedForTheirSourceAlsoWhileAllAreLockedOut() {
        var few = new FailureCounters(1_000, LIMIT, new FailureLimit(1, SECOND, SECOND, SECOND), executors);
        few.withdraw(FailureSource.of("198.51.100.1"));
        for (int i = 0; i < 10; i++) {
            few.withdraw(SOURCE.withKey("abcd2345"));
            assertThat(few.withdraw(SOURCE)).isEqualTo(SECOND);
        }

        assertThat(few.withdraw(SOURCE.withKey("abcd2345"))).isEqualTo(INTERVAL);
        assertThat(few.withdraw(SOURCE)).isEqualTo(INTERVAL);
    }

    @Test
    void aWrongKeyIsOneFailureOfAllSources() {
        var few = new FailureCounters(1_000, LIMIT, new FailureLimit(50, SECOND, SECOND, SECOND), executors);
        int failures = 0;
        for (int i = 0; few.remainingLockoutOfAll().isZero(); i++) {
            var address = FailureSource.of("192.0.2." + i);
            assertThat(few.withdraw(address.withKey("abcd2345"))).isZero();
            failures += few.withdraw(address).isZero() ? 1 : 0;
        }

        assertThat(failures).isEqualTo(50);
    }

    @Test
    @CoversOutage("budgets of failed credentials: memory full of addresses")
    void aMillionAddressesOccupyNoMoreMemoryThanTheLimit() {
        for (int i = 0; i < 1_000_000; i++) {
            counters.withdraw(FailureSource.of("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)));
        }

        assertThat(counters.size()).isLessThanOrEqualTo(1_000);
    }
}
