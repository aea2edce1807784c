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
 * One connection that hears what is published, from its first SUBSCRIBE to its end. One thread {@linkplain #listen()
 * listens}; once it {@linkplain #isLive() hears}, another {@linkplain #follow follows} what is wanted.
 *
 * <p>Redis answers each channel of a SUBSCRIBE with one confirmation, in order, even where it was subscribed before. So
 * every {@link ChannelSubscription} asks for itself, queues up, and is connected when it is its turn: nobody is told so
 * on the strength of a confirmation that was meant for a subscription since given up.
 */
final class PubSubConnection extends BinaryJedisPubSub implements AutoCloseable {
    private final Connection connection;
    private final HostAndPort server;
    private final ChannelRegistry topics;
    private final Runnable onLive;
    private final Queue<ChannelSubscription> unconfirmed = new ConcurrentLinkedQueue<>();
    private final Set<ByteBuffer> subscribed = new HashSet<>();
    private volatile boolean live;
    private volatile long heard = System.nanoTime();
    private long pinged = System.nanoTime();

    PubSubConnection(Connection connection, HostAndPort server, ChannelRegistry topics, Runnable onLive) {
        this.connection = connection;
        this.server = server;
        this.topics = topics;
        this.onLive = onLive;
    }

    /** Hears until nothing is wanted any more; ends with an exception when the connection is lost. */
    void listen() {
        var first = unasked();
        if (!first.isEmpty()) {
            proceed(connection, first.toArray(byte[][]::new));
        }
    }

    /**
     * Asks Redis for what is newly wanted, to be spared what is not wanted any more, and in that rhythm for a sign of
     * life. For one thread alone; does nothing until it {@linkplain #isLive() hears}.
     */
    void follow(Duration rhythm) {
        if (!live) {
            return;
        }
        unsubscribeUnused();
        var wanted = unasked();
        if (!wanted.isEmpty()) {
            subscribe(wanted.toArray(byte[][]::new));
        }
        if (System.nanoTime() - pinged >= rhythm.toNanos()) {
            pinged = System.nanoTime();
            ping();
        }
    }

    private void unsubscribeUnused() {
        var unwanted =
                subscribed.stream().filter(channel -> !topics.has(channel)).toList();
        if (!unwanted.isEmpty()) {
            unwanted.forEach(subscribed::remove);
            unsubscribe(unwanted.stream().map(ByteBuffer::array).toArray(byte[][]::new));
        }
    }

    private List<byte[]> unasked() {
        var channels = new ArrayList<byte[]>();
        topics.forEach(listening -> {
            if (listening.ask(this)) {
                unconfirmed.add(listening);
                subscribed.add(ChannelRegistry.key(listening.channel()));
                channels.add(listening.channel());
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

    /** For how long it has heard nothing. */
    Duration timeSinceMessage() {
        return Duration.ofNanos(System.nanoTime() - heard);
    }

    @Override
    public void onSubscribe(byte[] channel, int subscriptions) {
        heard = System.nanoTime();
        if (!live) {
            live = true;
            onLive.run();
        }
        var listening = unconfirmed.poll();
        if (listening != null) {
            listening.connected();
        }
    }

    @Override
    public void onMessage(byte[] channel, byte[] message) {
        heard = System.nanoTime();
        topics.of(channel).forEach(listening -> listening.message(message));
    }

    @Override
    public void onPong(byte[] pattern) {
        heard = System.nanoTime();
    }

    /** Ends it, from any thread, without waiting for anybody. */
    @Override
    public void close() {
        try {
            connection.forceDisconnect();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }
}
