package io.breakwater.server.execution;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executors that create their own threads. All of them are daemons whose names begin with {@code breakwater-}. */
final class OwnedExecutors implements ServerExecutors {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedExecutors.class);

    private final ExecutorSettings settings;
    private final ExecutorService virtual;
    private final ThreadPoolExecutor cpu;
    private final ScheduledThreadPoolExecutor sweeper;

    OwnedExecutors(ExecutorSettings settings) {
        this.settings = settings;
        this.virtual = Executors.newThreadPerTaskExecutor(named(Thread.ofVirtual(), "breakwater-virtual-"));
        this.cpu = new ThreadPoolExecutor(
                settings.processors(),
                settings.processors(),
                0,
                TimeUnit.NANOSECONDS,
                new ArrayBlockingQueue<>(settings.waiting()),
                named(Thread.ofPlatform().daemon(), "breakwater-cpu-"));
        this.sweeper =
                new ScheduledThreadPoolExecutor(1, named(Thread.ofPlatform().daemon(), "breakwater-sweeper-"));
        sweeper.setRemoveOnCancelPolicy(true);
    }

    private static ThreadFactory named(Thread.Builder threads, String prefix) {
        return threads.name(prefix, 0)
                .uncaughtExceptionHandler(
                        (thread, thrown) -> LOG.error("A task on {} failed.", thread.getName(), thrown))
                .factory();
    }

    @Override
    public Executor virtualThreads() {
        return virtual;
    }

    @Override
    public Executor cpuPool() {
        return cpu;
    }

    @Override
    public Scheduled scheduleRepeatedly(Duration pause, Runnable task) {
        long nanos = pause.toNanos();
        return cancelling(sweeper.scheduleWithFixedDelay(logged(task), nanos, nanos, TimeUnit.NANOSECONDS));
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        return cancelling(sweeper.schedule(logged(task), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    private static Scheduled cancelling(Future<?> future) {
        return () -> future.cancel(false);
    }

    /**
     * Wraps a task so that an exception is logged and the task stays scheduled; a plain scheduler would drop it
     * silently.
     */
    private static Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("A scheduled task failed.", e);
            }
        };
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        List<ExecutorService> pools = List.of(virtual, cpu);
        pools.forEach(ExecutorService::shutdown);
        if (!awaitTermination(pools, settings.grace())) {
            pools.forEach(ExecutorService::shutdownNow);
            if (!awaitTermination(pools, settings.grace())) {
                LOG.warn("Some tasks ignored their interruption and still run after the executors were closed.");
            }
        }
    }

    /** Waits for all pools together, so that the time limit does not depend on their number. */
    private static boolean awaitTermination(List<ExecutorService> pools, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            for (ExecutorService pool : pools) {
                if (!pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
