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

/** Lanes that make their own threads, all of them daemons whose names begin with {@code breakwater-}. */
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
        return cancelling(sweeper.scheduleWithFixedDelay(surviving(task), nanos, nanos, TimeUnit.NANOSECONDS));
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        return cancelling(sweeper.schedule(surviving(task), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    private static Scheduled cancelling(Future<?> future) {
        return () -> future.cancel(false);
    }

    /** A scheduler drops a task that throws without a word; ours are told and kept. */
    private static Runnable surviving(Runnable task) {
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
        List<ExecutorService> lanes = List.of(virtual, cpu);
        lanes.forEach(ExecutorService::shutdown);
        if (!ended(lanes, settings.grace())) {
            lanes.forEach(ExecutorService::shutdownNow);
            if (!ended(lanes, settings.grace())) {
                LOG.warn("Tasks that ignore their interruption are left behind.");
            }
        }
    }

    /** Waits for all lanes together, so that the bound holds whatever their number. */
    private static boolean ended(List<ExecutorService> lanes, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (ExecutorService lane : lanes) {
                if (!lane.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
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
