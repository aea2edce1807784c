package io.breakwater.core.data.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryLoopTest {
    private static final Duration FIRST = Duration.ofMillis(50);

    private final ManualExecutors executors = new ManualExecutors();
    private final AtomicInteger left = new AtomicInteger(); // how much there is to do
    private int attempts;
    private boolean able;
    private boolean broken;
    private final RetryLoop insistence = new RetryLoop(executors, this::attempt, () -> left.get() == 0);

    private boolean attempt() {
        attempts++;
        if (broken) {
            throw new IllegalStateException("nobody foresaw this");
        }
        if (able) {
            left.decrementAndGet();
        }
        return able;
    }

    private void wake() {
        insistence.start();
        executors.runAll();
    }

    private void pass(Duration time) {
        executors.pass(time);
        executors.runAll();
    }

    @Test
    void nothingIsTriedWhileNothingIsLeftToDo() {
        wake();

        assertThat(attempts).isZero();
    }

    @Test
    void whatFailsIsTriedAgainEverLaterUntilItSucceeds() {
        left.set(1);
        wake();
        assertThat(attempts).isEqualTo(1);

        pass(FIRST);
        assertThat(attempts).isEqualTo(2);
        pass(FIRST);
        assertThat(attempts).as("the second pause is longer").isEqualTo(2);
        able = true;
        pass(FIRST);
        assertThat(attempts).isEqualTo(3);

        pass(Duration.ofMinutes(1));
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void pausesGrowToFiveSeconds() {
        left.set(1);
        wake();
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofSeconds(5));
        }

        assertThat(attempts).isEqualTo(21);
    }

    @Test
    void whatCameUpMeanwhileIsDoneToo() {
        able = true;
        left.set(3);

        wake();

        assertThat(attempts).isEqualTo(3);
        assertThat(left).hasValue(0);
    }

    @Test
    void whoIsWokenTwiceTriesOnce() {
        left.set(1);
        wake();
        wake();

        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void anUnforeseenFaultIsNoEnd() {
        left.set(1);
        broken = true;
        wake();
        broken = false;
        able = true;

        pass(FIRST);

        assertThat(left).hasValue(0);
    }
}
