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
 * Hears for everybody who listens, over one connection at a time. There is none while nobody listens.
 *
 * <p>Two threads: one connects, hears and calls the listeners; the other asks Redis for what is newly wanted, and for a
 * sign of life. A connection on which nothing was heard for three such questions is dead, whatever the network says; so
 * is one to a server that no longer hears what is published.
 */
final class Subscriber implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
    private static final int MISSED = 3;

    private final CheckSignal signal;
    private final ConnectionManager link;
    private final ClientFactory opening;
    private final Duration rhythm;
    private final ChannelRegistry topics = new ChannelRegistry();
    private final Semaphore wanted = new Semaphore(0);
    private final Semaphore news = new Semaphore(0);
    private final Semaphore closing = new Semaphore(0);
    private final AtomicBoolean begun = new AtomicBoolean();
    private final LongAdder losses = new LongAdder();
    private final Thread listener = Thread.ofVirtual().name("redis-events").unstarted(this::listen);
    private final Thread watcher = Thread.ofVirtual().name("redis-watch").unstarted(this::watch);
    private volatile boolean closed;
    private volatile @Nullable PubSubConnection ear;

    /** For the listening thread alone: how it bears an outage. */
    private final BackOff backOff = new BackOff();

    private boolean deaf;

    /**
     * Does nothing until somebody listens.
     *
     * @param rhythm how often Redis is asked for a sign of life
     * @param signal requests a health check when it hears no more and when it hears again; the check writes the warning
     */
    Subscriber(ConnectionManager link, ClientFactory opening, Duration rhythm, CheckSignal signal) {
        this.signal = signal;
        this.link = link;
        this.opening = opening;
        this.rhythm = rhythm;
    }

    /** Hears for it until it is removed. */
    void add(ChannelSubscription listening) {
        topics.add(listening);
        if (begun.compareAndSet(false, true)) {
            listener.start();
            watcher.start();
        }
        wanted.release();
        news.release();
    }

    /** From now on it is told nothing. */
    void remove(ChannelSubscription listening) {
        listening.close();
        topics.remove(listening);
        news.release();
    }

    private void listen() {
        while (isOpen()) {
            wanted.drainPermits();
            if (topics.isEmpty()) {
                await(wanted, Long.MAX_VALUE);
            } else {
                receiveUntilLost();
            }
        }
    }

    private void receiveUntilLost() {
        try {
            var server = link.opened().listeningPost();
            hear(new PubSubConnection(opening.connect(server), server, topics, this::heardAgain));
        } catch (RuntimeException e) {
            if (isOpen()) {
                onConnectionLost(e);
            }
        }
    }

    private void hear(PubSubConnection present) {
        try (present) {
            ear = present;
            if (isOpen()) {
                present.listen();
            }
        } finally {
            ear = null;
        }
    }

    private void heardAgain() {
        backOff.reset();
        if (deaf) {
            LOG.info("Events of other replicas are heard again");
            deaf = false;
            signal.send();
        }
        news.release();
    }

    private void onConnectionLost(RuntimeException reason) {
        topics.forEach(ChannelSubscription::lost);
        if (!deaf) {
            link.dropIdle();
            LOG.info(
                    "Events of other replicas are not heard: {}",
                    ErrorTranslator.translate(reason).getMessage());
            losses.increment();
            deaf = true;
            signal.send();
        }
        await(closing, backOff.pause().toNanos());
    }

    private void watch() {
        while (isOpen()) {
            await(news, rhythm.toNanos());
            var present = ear;
            if (present != null && !keepsUp(present)) {
                present.close();
            }
        }
    }

    private boolean keepsUp(PubSubConnection present) {
        try {
            if (present.timeSinceMessage().compareTo(rhythm.multipliedBy(MISSED)) > 0
                    || !link.opened().hears(present.server())) {
                return false;
            }
            present.follow(rhythm);
            return true;
        } catch (RuntimeException e) {
            LOG.debug("The connection for events failed", e);
            return false;
        }
    }

    /** Until there is one, that time is over, or it is closed. */
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

    /** Shows whether it hears. */
    void bindMetrics(MetricSink figures) {
        figures.gauge(
                "mcp_redis_events_connected",
                "Whether events of other replicas are heard.",
                Map.of(),
                () -> hears(ear) ? 1 : 0);
        figures.counter(
                "mcp_redis_events_lost_total", "How often the connection for events was lost.", Map.of(), losses::sum);
    }

    private static boolean hears(@Nullable PubSubConnection present) {
        return present != null && present.isLive();
    }

    /** Ends both threads. Listeners hear nothing any more, not even that. */
    @Override
    public void close() {
        closed = true;
        closing.release();
        listener.interrupt();
        watcher.interrupt();
        var present = ear;
        if (present != null) {
            present.close();
        }
    }
}
