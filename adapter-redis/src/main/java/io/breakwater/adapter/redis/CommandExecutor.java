package io.breakwater.adapter.redis;

import io.breakwater.port.MetricSink;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Sends commands so that no caller waits longer than it is willing to, whatever Redis and the network do.
 *
 * <p>Timeouts of sockets do not promise that: each read, each address of a name, each step of a handshake and each
 * retry has one of its own. So a command runs on a virtual thread that is made for it, and the caller waits for that
 * thread no longer than the operation time. A command that outlives its caller goes on: it may be making the connection
 * that the next one needs. It keeps its permit, so that a frozen Redis holds back as many threads as there are permits,
 * and is cut off when it takes far too long (by an interrupt, which closes the socket of a virtual thread).
 * Thread-safe.
 */
final class CommandExecutor implements AutoCloseable {
    /** The share of its time that a caller waits for a permit; what is left must do for the command. */
    private static final int WAITING = 3;

    /** So many waits on the network, one after another, are as many as a command may need that has to connect first. */
    private static final int STEPS = 3;

    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("redis-call").factory();

    private final ConnectionManager link;
    private final int connections;
    private final Semaphore permits;
    private final Duration operationTime;
    private final Duration farTooLong;
    private final Executor later;
    private final Set<FutureTask<?>> running = ConcurrentHashMap.newKeySet();
    private final LongAdder refused = new LongAdder();
    private final LongAdder late = new LongAdder();

    CommandExecutor(ConnectionManager link, RedisSettings settings) {
        this.link = link;
        this.connections = settings.connections();
        this.permits = new Semaphore(connections);
        this.operationTime = settings.operationTime();
        this.farTooLong = settings.connectTime().multipliedBy(STEPS);
        this.later = CompletableFuture.delayedExecutor(farTooLong.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Sends a command that does no harm when it is executed twice: when the connection turns out to be dead, as all are
     * after a restart, it goes over another.
     */
    <T> T retry(Function<UnifiedJedis, T> command) {
        return within(operationTime, () -> {
            try {
                return once(command);
            } catch (JedisConnectionException e) {
                if (ErrorTranslator.isTimeout(e)) {
                    throw e;
                }
                link.dropIdle();
                return once(command);
            }
        });
    }

    private <T> T once(Function<UnifiedJedis, T> command) {
        return command.apply(link.opened().jedis());
    }

    /** Sends a command that must not be executed twice. */
    <T> T atMostOnce(Function<UnifiedJedis, T> command) {
        return within(operationTime, () -> once(command));
    }

    /** Makes a first connection and asks whether Redis is there; takes its time, for it is nobody's command. */
    void warmUp() {
        within(farTooLong, () -> once(UnifiedJedis::ping));
    }

    private <T> T within(Duration time, Callable<T> work) {
        long until = System.nanoTime() + time.toNanos();
        var task = new FutureTask<>(work);
        try {
            enter();
            begin(task);
            return task.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            late.increment();
            later.execute(() -> task.cancel(true));
            throw ErrorTranslator.slow(e);
        } catch (ExecutionException e) {
            throw ErrorTranslator.translate(e);
        } catch (CancellationException e) {
            throw ErrorTranslator.closed();
        } catch (InterruptedException e) {
            later.execute(() -> task.cancel(true));
            Thread.currentThread().interrupt();
            throw ErrorTranslator.interrupted(e);
        }
    }

    private void enter() throws InterruptedException {
        if (!permits.tryAcquire(operationTime.toNanos() / WAITING, TimeUnit.NANOSECONDS)) {
            refused.increment();
            throw ErrorTranslator.noConnection();
        }
    }

    private void begin(FutureTask<?> task) {
        running.add(task);
        THREADS.newThread(() -> {
                    try {
                        task.run();
                    } finally {
                        running.remove(task);
                        permits.release();
                    }
                })
                .start();
    }

    /** Shows how it bears its load. */
    void bindMetrics(MetricSink figures) {
        figures.gauge(
                "mcp_pool_waiting",
                "Calls that wait for a connection.",
                Map.of("pool", "redis"),
                permits::getQueueLength);
        figures.gauge(
                "mcp_pool_connections_max",
                "Connections that may be open at most.",
                Map.of("pool", "redis"),
                () -> connections);
        figures.counter(
                "mcp_redis_refused_total", "Operations that found no connection in time.", Map.of(), refused::sum);
        figures.counter("mcp_redis_late_total", "Operations that Redis did not answer in time.", Map.of(), late::sum);
    }

    /** Cuts off what still runs. */
    @Override
    public void close() {
        running.forEach(task -> task.cancel(true));
    }
}
