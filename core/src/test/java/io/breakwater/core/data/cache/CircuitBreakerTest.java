package io.breakwater.core.data.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofMillis(250);

    private final ManualExecutors executors = new ManualExecutors();
    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicInteger closings = new AtomicInteger();
    private boolean well;
    private final CircuitBreaker breaker =
            new CircuitBreaker("It", PERIOD, executors, this::probe, closings::incrementAndGet);

    private boolean probe() {
        probes.incrementAndGet();
        if (!well) {
            throw new IllegalStateException("still ill");
        }
        return true;
    }

    private void pass(Duration time) {
        executors.pass(time);
        executors.runAll();
    }

    @Test
    void isClosedUntilSomethingGoesWrong() {
        assertThat(breaker.isClosed()).isTrue();

        breaker.trip("It failed.");

        assertThat(breaker.isClosed()).isFalse();
    }

    @Test
    void asksInTheBackgroundSoonAndThenEverLaterUpToAPeriod() {
        breaker.trip("It failed.");
        breaker.trip("It failed again.");

        pass(SOON.minusMillis(1));
        assertThat(probes).hasValue(0);
        pass(Duration.ofMillis(1));
        assertThat(probes).hasValue(1);
        for (int pause : new int[] {2, 4, 8, 16}) {
            pass(SOON.multipliedBy(pause));
        }
        assertThat(probes).hasValue(5);
        pass(PERIOD.minusMillis(1));
        assertThat(probes).hasValue(5);
        pass(Duration.ofMillis(1));
        assertThat(probes).hasValue(6);
        pass(PERIOD);
        assertThat(probes).hasValue(7);
        assertThat(breaker.isClosed()).isFalse();
    }

    @Test
    void closesWhenTheProbeIsAnswered() {
        breaker.trip("It failed.");
        well = true;

        pass(SOON);

        assertThat(breaker.isClosed()).isTrue();
        assertThat(closings).hasValue(1);
        pass(PERIOD.multipliedBy(3));
        assertThat(probes).hasValue(1);
    }

    @Test
    void whatGetsIntoTroubleAgainWithinAPeriodIsLeftAloneForAWholeOne() {
        breaker.trip("It failed.");
        well = true;
        pass(SOON);

        breaker.trip("It failed again.");

        pass(PERIOD.minusMillis(1));
        assertThat(breaker.isClosed()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(breaker.isClosed()).isTrue();
        assertThat(closings).hasValue(2);
    }

    @Test
    void howLongItWasAwayIsNoExcuseForTroubleAfterIt() {
        breaker.trip("It failed.");
        for (int pause : new int[] {1, 2, 4, 8, 16}) {
            pass(SOON.multipliedBy(pause));
        }
        well = true;
        pass(PERIOD);
        assertThat(breaker.isClosed()).isTrue();

        breaker.trip("It failed again.");

        pass(PERIOD.minusMillis(1));
        assertThat(breaker.isClosed()).isFalse();
    }

    @Test
    void afterAPeriodWithoutTroubleItIsAskedSoonAgain() {
        breaker.trip("It failed.");
        well = true;
        pass(SOON);
        pass(PERIOD);

        breaker.trip("It failed again.");

        pass(SOON);
        assertThat(breaker.isClosed()).isTrue();
    }
}
