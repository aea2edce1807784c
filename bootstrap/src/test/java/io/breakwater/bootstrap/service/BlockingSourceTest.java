package io.breakwater.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BlockingSourceTest {
    private static final Duration NO_TIME = Duration.ofMillis(1);

    @Test
    void aSourceThatHangsIsReadOnce() {
        var answer = new CountDownLatch(1);
        var reads = new AtomicInteger();
        var source = BlockingSource.of(
                () -> {
                    reads.incrementAndGet();
                    waitFor(answer);
                    return "x";
                },
                NO_TIME);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(source::get)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("not answer");
        }
        Eventually.holds(() -> reads.get() == 1);
        answer.countDown();
        Eventually.holds(() -> answers(source));
        assertThat(reads).hasValue(1);
    }

    /** A thread that waits like this ignores interrupts, as one that waits for a file does. */
    private static void waitFor(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException ignored) {
                done = false;
            }
        }
    }

    private static boolean answers(Supplier<String> source) {
        try {
            return source.get().equals("x");
        } catch (UnavailableException hanging) {
            return false;
        }
    }

    @Test
    void aFailureIsTheFailureOfTheSource() {
        var failing = BlockingSource.of(() -> {
            throw new UnavailableException("The file is missing.", null, null);
        });
        assertThatThrownBy(failing::get).hasMessage("The file is missing.");
        assertThatThrownBy(failing::get).hasMessage("The file is missing.");
    }
}
