package io.breakwater.adapter.redis;

import io.breakwater.port.MetricSink;
import io.breakwater.port.driven.CheckSignal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives messages for all subscriptions, over one connection at a time. Without subscriptions there is no connection.
 *
 * <p>It has two threads: one connects, receives messages and calls the listeners; the other subscribes to new channels
 * and sends PINGs. It closes a connection on which nothing arrived for three PING intervals, and one to a server that
 * no longer receives all published messages.
 */
final class Subscriber implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
    private static final int MAX_MISSED_PINGS = 3;

    private final CheckSignal signal;
    private final ConnectionManager connectionManager;
    private final ClientFactory factory;
    private final Duration pingInterval;
    private final ChannelRegistry registry = new ChannelRegistry();
    private final Semaphore added = new Semaphore(0);
    private final Semaphore changes = new Semaphore(0);
    private final Semaphore closing = new Semaphore(0);
    private final AtomicBoolean started = new AtomicBoolean();
    private final LongAdder losses = new LongAdder();
    private final Thread receiverThread =
            Thread.ofVirtual().name("redis-events").unstarted(this::listen);
    private final Thread watcherThread = Thread.ofVirtual().name("redis-watch").unstarted(this::watch);
    private volatile boolean closed;
    private volatile @Nullable PubSubConnection active;

    /** Only the receiving thread uses the back-off. */
    private final ConnectionBackoff backoff = new ConnectionBackoff();

    private boolean disconnected;

    /**
     * Creates a subscriber that does nothing until the first subscription.
     *
     * @param pingInterval the time between two PINGs
     * @param signal requests a health check when the connection is lost and when it is restored; the check logs the
     *     warning
     */
    Subscriber(ConnectionManager connectionManager, ClientFactory factory, Duration pingInterval, CheckSignal signal) {
        this.signal = signal;
        this.connectionManager = connectionManager;
        this.factory = factory;
        this.pingInterval = pingInterval;
    }

    /** Receives messages for the subscription until it is removed. */
    void add(ChannelSubscription subscription) {
        registry.add(subscription);
        if (started.compareAndSet(false, true)) {
            receiverThread.start();
            watcherThread.start();
        }
        added.release();
        changes.release();
    }

    /** Removes a subscription; its listener receives no further events. */
    void remove(ChannelSubscription subscription) {
        subscription.close();
        registry.remove(subscription);
        changes.release();
    }

    private void listen() {
        while (isOpen()) {
            added.drainPermits();
            if (registry.isEmpty()) {
                await(added, Long.MAX_VALUE);
            } else {
                receiveUntilLost();
            }
        }
    }

    private void receiveUntilLost() {
        try {
            var server = connectionManager.client().subscriptionServer();
            receive(new PubSubConnection(factory.connect(server), server, registry, this::onConnected));
        } catch (RuntimeException e) {
            if (isOpen()) {
                onConnectionLost(e);
            }
        }
    }

    private void receive(PubSubConnection connection) {
        try (connection) {
            active = connection;
            if (isOpen()) {
                connection.listen();
            }
        } finally {
            active = null;
        }
    }

    private void onConnected() {
        backoff.reset();
        if (disconnected) {
            LOG.info("Events of other replicas are received again");
            disconnected = false;
            signal.send();
        }
        changes.release();
    }

    private void onConnectionLost(RuntimeException reason) {
        registry.forEach(ChannelSubscription::lost);
        if (!disconnected) {
            connectionManager.dropIdle();
            LOG.info(
                    "Events of other replicas are not received: {}",
                    ErrorTranslator.translate(reason).getMessage());
            losses.increment();
            disconnected = true;
            signal.send();
        }
        await(closing, backoff.pause().toNanos());
    }

    private void watch() {
        while (isOpen()) {
            await(changes, pingInterval.toNanos());
            var connection = active;
            if (connection != null && !isHealthy(connection)) {
                connection.close();
            }
        }
    }

    private boolean isHealthy(PubSubConnection connection) {
        try {
            if (connection.timeSinceMessage().compareTo(pingInterval.multipliedBy(MAX_MISSED_PINGS)) > 0
                    || !connectionManager.client().receivesAllMessages(connection.server())) {
                return false;
            }
            connection.updateSubscriptions(pingInterval);
            return true;
        } catch (RuntimeException e) {
            LOG.debug("The connection for events failed", e);
            return false;
        }
    }

    /** Waits until a permit is available, the time has passed, or the thread is interrupted. */
    private static void await(Semaphore signal, long nanos) {
        try {
            if (signal.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                signal.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOpen() {
        return !closed;
    }

    /** Registers the metrics of the connection. */
    void bindMetrics(MetricSink metrics) {
        metrics.gauge(
                "mcp_redis_events_connected",
                "Whether events of other replicas are received.",
                Map.of(),
                () -> isLive(active) ? 1 : 0);
        metrics.counter(
                "mcp_redis_events_lost_total", "How often the connection for events was lost.", Map.of(), losses::sum);
    }

    private static boolean isLive(@Nullable PubSubConnection connection) {
        return connection != null && connection.isLive();
    }

    /** Ends both threads. Listeners receive no further events, and are not notified of the end. */
    @Override
    public void close() {
        closed = true;
        closing.release();
        receiverThread.interrupt();
        watcherThread.interrupt();
        var connection = active;
        if (connection != null) {
            connection.close();
        }
    }
}
