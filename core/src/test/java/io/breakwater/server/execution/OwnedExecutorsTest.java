package io.breakwater.server.execution;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OwnedExecutorsTest {
    private final ServerExecutors executors = new OwnedExecutors(new ExecutorSettings(2, 3, Duration.ofMillis(50)));

    @AfterEach
    void close() {
        executors.close();
    }

    @Test
    void runsInlineWorkOnTheCallersThread() {
        assertThat(threadOf(executors.on(ExecutionMode.INLINE))).isSameAs(Thread.currentThread());
    }

    @Test
    void startsAVirtualThreadPerTask() {
        Thread first = threadOf(executors.on(ExecutionMode.VIRTUAL));
        Thread second = threadOf(executors.on(ExecutionMode.VIRTUAL));

        assertThat(first.isVirtual()).isTrue();
        assertThat(first.getName()).startsWith("breakwater-virtual-");
        assertThat(second).isNotSameAs(first);
    }

    @Test
    void computesOnDaemonPlatformThreads() {
        Thread thread = threadOf(executors.on(ExecutionMode.CPU));

        assertThat(thread.isVirtual()).isFalse();
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).startsWith("breakwater-cpu-");
    }

    @Test
    void refusesToComputeWhatFindsNoPlaceToWait() {
        CountDownLatch release = new CountDownLatch(1);
        for (int running = 0; running < 2; running++) {
            executors.cpuPool().execute(() -> await(release));
        }
        for (int waiting = 0; waiting < 3; waiting++) {
            executors.cpuPool().execute(() -> {});
        }

        assertThatThrownBy(() -> executors.cpuPool().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        release.countDown();
    }

    @Test
    void goesOnSweepingAfterATaskThatThrows() throws InterruptedException {
        Semaphore runs = new Semaphore(0);
        executors.scheduleRepeatedly(Duration.ofMillis(1), () -> {
            runs.release();
            throw new IllegalStateException("expected by this test");
        });

        assertThat(runs.tryAcquire(3, 10, SECONDS)).isTrue();
    }

    @Test
    void runsADelayedTaskOnceOnTheSweeper() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        executors.schedule(Duration.ofMillis(1), () -> thread.complete(Thread.currentThread()));

        assertThat(thread.join().getName()).startsWith("breakwater-sweeper-");
    }

    @Test
    void runsNothingThatWasCancelled() {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch cancelled = new CountDownLatch(1);
        executors.schedule(
                Duration.ZERO, () -> await(cancelled)); // the only thread is busy until the task is cancelled
        executors.schedule(Duration.ofNanos(1), runs::incrementAndGet).cancel();
        CompletableFuture<Void> later = new CompletableFuture<>();
        executors.schedule(Duration.ofMillis(1), () -> later.complete(null));

        cancelled.countDown();
        later.join();
        assertThat(runs).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"VIRTUAL", "CPU"})
    void interruptsWhatStillRunsWhenClosed(ExecutionMode mode) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        executors.on(mode).execute(() -> {
            started.countDown();
            interrupted.complete(!await(new CountDownLatch(1)));
        });
        assertThat(started.await(Eventually.SECONDS, SECONDS)).isTrue();

        executors.close();

        assertThat(interrupted.join()).isTrue();
    }

    @Test
    void closesWithinBoundsAlthoughATaskIgnoresItsInterruption() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        executors.virtualThreads().execute(() -> {
            started.countDown();
            while (!await(release)) {
                Thread.interrupted();
            }
        });
        assertThat(started.await(Eventually.SECONDS, SECONDS)).isTrue();

        executors.close();

        assertThat(release.getCount()).isOne();
        release.countDown();
    }

    @Test
    void refusesWorkOnceClosed() {
        executors.close();
        executors.close();

        assertThatThrownBy(() -> executors.virtualThreads().execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executors.cpuPool().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executors.schedule(Duration.ZERO, () -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void standardExecutorsUseEveryProcessor() {
        ExecutorSettings settings = ExecutorSettings.standard();

        assertThat(settings.processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.waiting()).isEqualTo(64 * settings.processors());
        assertThat(settings.grace()).isEqualTo(Duration.ofSeconds(1));
    }

    private static Thread threadOf(Executor executor) {
        return CompletableFuture.supplyAsync(Thread::currentThread, executor).join();
    }

    /** False when interrupted. */
    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(Eventually.SECONDS, SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
