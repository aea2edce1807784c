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
 * Sends commands, and lets no caller wait longer than the operation time, whatever Redis and the network do.
 *
 * <p>Socket timeouts do not guarantee that: each read, each address of a host name, each step of a handshake and each
 * retry has its own timeout. So a command runs on a new virtual thread, and the caller waits for that thread for at
 * most the operation time. A command continues after its caller has stopped waiting, because it may be opening the
 * connection that the next command needs. It keeps its permit, so that a frozen Redis blocks at most as many threads as
 * there are permits. After {@link #abortTime} it is interrupted, which closes the socket of a virtual thread.
 * Thread-safe.
 */
final class CommandExecutor implements AutoCloseable {
    /** A caller waits for a permit for at most this fraction (1/3) of its time; the rest is for the command. */
    private static final int PERMIT_WAIT_DIVISOR = 3;

    /** The number of sequential network waits that a command may need when it first has to connect. */
    private static final int CONNECT_STEPS = 3;

    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("redis-call").factory();

    private final ConnectionManager connectionManager;
    private final int connections;
    private final Semaphore permits;
    private final Duration operationTimeout;
    private final Duration abortTime;
    private final Executor abortScheduler;
    private final Set<FutureTask<?>> running = ConcurrentHashMap.newKeySet();
    private final LongAdder refused = new LongAdder();
    private final LongAdder timedOut = new LongAdder();

    CommandExecutor(ConnectionManager connectionManager, RedisSettings settings) {
        this.connectionManager = connectionManager;
        this.connections = settings.connections();
        this.permits = new Semaphore(connections);
        this.operationTimeout = settings.operationTimeout();
        this.abortTime = settings.connectTimeout().multipliedBy(CONNECT_STEPS);
        this.abortScheduler = CompletableFuture.delayedExecutor(abortTime.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Sends an idempotent command. When the connection is dead, as all connections are after a restart of Redis, the
     * command is sent again over another one.
     */
    <T> T retry(Function<UnifiedJedis, T> command) {
        return within(operationTimeout, () -> {
            try {
                return execute(command);
            } catch (JedisConnectionException e) {
                if (ErrorTranslator.isTimeout(e)) {
                    throw e;
                }
                connectionManager.dropIdle();
                return execute(command);
            }
        });
    }

    private <T> T execute(Function<UnifiedJedis, T> command) {
        return command.apply(connectionManager.client().jedis());
    }

    /** Sends a command that must not be executed twice. */
    <T> T atMostOnce(Function<UnifiedJedis, T> command) {
        return within(operationTimeout, () -> execute(command));
    }

    /** Opens a first connection and sends a PING. It may take {@link #abortTime}, because no caller waits for it. */
    void warmUp() {
        within(abortTime, () -> execute(UnifiedJedis::ping));
    }

    private <T> T within(Duration time, Callable<T> work) {
        long deadline = System.nanoTime() + time.toNanos();
        var task = new FutureTask<>(work);
        try {
            acquirePermit();
            start(task);
            return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            timedOut.increment();
            abortScheduler.execute(() -> task.cancel(true));
            throw ErrorTranslator.timeout(e);
        } catch (ExecutionException e) {
            throw ErrorTranslator.translate(e);
        } catch (CancellationException e) {
            throw ErrorTranslator.closed();
        } catch (InterruptedException e) {
            abortScheduler.execute(() -> task.cancel(true));
            Thread.currentThread().interrupt();
            throw ErrorTranslator.interrupted(e);
        }
    }

    private void acquirePermit() throws InterruptedException {
        if (!permits.tryAcquire(operationTimeout.toNanos() / PERMIT_WAIT_DIVISOR, TimeUnit.NANOSECONDS)) {
            refused.increment();
            throw ErrorTranslator.noConnection();
        }
    }

    private void start(FutureTask<?> task) {
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

    /** Registers the metrics of permits, refusals and timeouts. */
    void bindMetrics(MetricSink metrics) {
        metrics.gauge(
                "mcp_pool_waiting",
                "Calls that wait for a connection.",
                Map.of("pool", "redis"),
                permits::getQueueLength);
        metrics.gauge(
                "mcp_pool_connections_max",
                "Connections that may be open at most.",
                Map.of("pool", "redis"),
                () -> connections);
        metrics.counter(
                "mcp_redis_refused_total", "Operations that found no connection in time.", Map.of(), refused::sum);
        metrics.counter(
                "mcp_redis_late_total", "Operations that Redis did not answer in time.", Map.of(), timedOut::sum);
    }

    /** Interrupts the commands that still run. */
    @Override
    public void close() {
        running.forEach(task -> task.cancel(true));
    }
}
