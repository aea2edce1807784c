package io.breakwater.adapter.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

/**
 * One connection that receives published messages, from its first SUBSCRIBE until it is closed. One thread
 * {@linkplain #listen() receives}; once the connection is {@linkplain #isLive() live}, another thread
 * {@linkplain #updateSubscriptions updates} its subscriptions.
 *
 * <p>Redis confirms each channel of a SUBSCRIBE in order, even a channel that is already subscribed. So every
 * {@link ChannelSubscription} sends its own request, waits in a queue, and becomes connected with its own confirmation.
 * No listener becomes connected through the confirmation of a subscription that was removed since.
 */
final class PubSubConnection extends BinaryJedisPubSub implements AutoCloseable {
    private final Connection connection;
    private final HostAndPort server;
    private final ChannelRegistry registry;
    private final Runnable onLive;
    private final Queue<ChannelSubscription> unconfirmed = new ConcurrentLinkedQueue<>();
    private final Set<ByteBuffer> subscribed = new HashSet<>();
    private volatile boolean live;
    private volatile long lastReceived = System.nanoTime();
    private long lastPing = System.nanoTime();

    PubSubConnection(Connection connection, HostAndPort server, ChannelRegistry registry, Runnable onLive) {
        this.connection = connection;
        this.server = server;
        this.registry = registry;
        this.onLive = onLive;
    }

    /** Receives until no subscription is left. Throws an exception when the connection is lost. */
    void listen() {
        var first = requestMissing();
        if (!first.isEmpty()) {
            proceed(connection, first.toArray(byte[][]::new));
        }
    }

    /**
     * Subscribes to new channels, unsubscribes from unused ones, and sends a PING when the last one is older than the
     * interval. Only one thread may call it. It does nothing until the connection is {@linkplain #isLive() live}.
     */
    void updateSubscriptions(Duration pingInterval) {
        if (!live) {
            return;
        }
        unsubscribeUnused();
        var missing = requestMissing();
        if (!missing.isEmpty()) {
            subscribe(missing.toArray(byte[][]::new));
        }
        if (System.nanoTime() - lastPing >= pingInterval.toNanos()) {
            lastPing = System.nanoTime();
            ping();
        }
    }

    private void unsubscribeUnused() {
        var unused =
                subscribed.stream().filter(channel -> !registry.has(channel)).toList();
        if (!unused.isEmpty()) {
            unused.forEach(subscribed::remove);
            unsubscribe(unused.stream().map(ByteBuffer::array).toArray(byte[][]::new));
        }
    }

    private List<byte[]> requestMissing() {
        var channels = new ArrayList<byte[]>();
        registry.forEach(subscription -> {
            if (subscription.markRequested(this)) {
                unconfirmed.add(subscription);
                subscribed.add(ChannelRegistry.key(subscription.channel()));
                channels.add(subscription.channel());
            }
        });
        return channels;
    }

    /** Whether Redis has confirmed the first subscription. */
    boolean isLive() {
        return live;
    }

    HostAndPort server() {
        return server;
    }

    /** The time since Redis last sent a message, a confirmation or a PONG. */
    Duration timeSinceMessage() {
        return Duration.ofNanos(System.nanoTime() - lastReceived);
    }

    @Override
    public void onSubscribe(byte[] channel, int subscriptions) {
        lastReceived = System.nanoTime();
        if (!live) {
            live = true;
            onLive.run();
        }
        var subscription = unconfirmed.poll();
        if (subscription != null) {
            subscription.connected();
        }
    }

    @Override
    public void onMessage(byte[] channel, byte[] message) {
        lastReceived = System.nanoTime();
        registry.subscriptionsTo(channel).forEach(subscription -> subscription.message(message));
    }

    @Override
    public void onPong(byte[] pattern) {
        lastReceived = System.nanoTime();
    }

    /** Closes the connection without waiting. Any thread may call it. */
    @Override
    public void close() {
        try {
            connection.forceDisconnect();
        } catch (IOException e) {
            // The connection is already closed.
        }
    }
}
