package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallWorkTest {
    private final CallWork work = new CallWork();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();

    /** Continues the work on another thread, which waits until it is released or interrupted. */
    private Thread continueElsewhere() throws InterruptedException {
        var thread = Thread.ofVirtual().start(() -> {
            work.enter();
            entered.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        entered.await();
        return thread;
    }

    private void release(Thread thread) throws InterruptedException {
        released.countDown();
        thread.join();
    }

    @Test
    void aCancellationInterruptsTheThreadOfTheWork() throws InterruptedException {
        var thread = continueElsewhere();

        work.cancel();

        release(thread);
        assertThat(interrupted).isTrue();
        assertThat(work.cancelled()).isTrue();
    }

    @Test
    void aThreadThatLeavesLateDoesNotHideTheOneThatContinues() throws InterruptedException {
        work.enter();
        var thread = continueElsewhere();

        work.leave();
        work.cancel();

        release(thread);
        assertThat(interrupted).isTrue();
    }

    @Test
    void aThreadThatCancelsItsOwnWorkIsNotInterrupted() {
        work.enter();

        work.cancel();

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void actionsRunOnceAndAtOnceIfTheirEventHasPassed() {
        var cancelled = new AtomicInteger();
        var stopped = new AtomicInteger();
        work.start();
        work.onCancel(cancelled::incrementAndGet);
        work.onStop(stopped::incrementAndGet);
        assertThat(cancelled).hasValue(0);
        assertThat(stopped).hasValue(0);

        work.cancel();
        work.cancel();
        work.stop().forEach(Runnable::run);
        work.stop().forEach(Runnable::run);
        assertThat(cancelled).hasValue(1);
        assertThat(stopped).hasValue(1);

        work.onCancel(cancelled::incrementAndGet);
        work.onStop(stopped::incrementAndGet);
        assertThat(cancelled).hasValue(2);
        assertThat(stopped).hasValue(2);
    }
}
