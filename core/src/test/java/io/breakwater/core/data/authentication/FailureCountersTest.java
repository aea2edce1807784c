package io.breakwater.core.data.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.authentication.FailureSource;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureCountersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final FailureLimit LIMIT =
            new FailureLimit(10, SECOND.multipliedBy(2), SECOND, SECOND.multipliedBy(60));
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
        assertThat(counters.remainingLockout(SOURCE)).isEqualTo(SECOND);
        assertThat(counters.withdraw(SOURCE)).isEqualTo(SECOND);
        assertThat(counters.remainingLockout(FailureSource.of("192.0.2.2"))).isZero();
        assertThat(counters.remainingLockout(SOURCE.withKey("abcd2345"))).isZero();
    }

    @Test
    void eachLockoutIsTwiceAsLongUpToTheLongest() {
        failuresUntilLockout(SOURCE);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(counters.remainingLockout(SOURCE)).isEqualTo(Duration.ofSeconds(seconds));
            executors.pass(Duration.ofSeconds(seconds));
            assertThat(counters.remainingLockout(SOURCE)).isZero();
            failuresUntilLockout(SOURCE);
        }
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
    void aSourceThatIsQuietStartsAfresh() {
        failuresUntilLockout(SOURCE);
        executors.pass(LIMIT.memory().plus(SECOND));

        assertThat(failuresUntilLockout(SOURCE)).isEqualTo(10);
        assertThat(counters.remainingLockout(SOURCE)).isEqualTo(SECOND);
    }

    @Test
    void aCheckThatDidNotFailCostsNothing() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(counters.withdraw(SOURCE)).isZero();
            counters.refund(SOURCE);
        }

        assertThat(failuresUntilLockout(SOURCE)).isEqualTo(10);
    }

    @Test
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
    void aMillionAddressesOccupyNoMoreMemoryThanTheLimit() {
        for (int i = 0; i < 1_000_000; i++) {
            counters.withdraw(FailureSource.of("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)));
        }

        assertThat(counters.size()).isLessThanOrEqualTo(1_000);
    }
}
