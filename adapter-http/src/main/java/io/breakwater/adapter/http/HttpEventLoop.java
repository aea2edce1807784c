package io.breakwater.adapter.http;

import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.Transport;
import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one event loop: its connections and their active exchanges. Only the thread of the loop uses it, so
 * nothing here is locked; other threads use {@link #run}.
 *
 * <p>Requests have no timers. One periodic sweep checks all timeouts and sets the loop's clock: times are as exact as
 * the sweep is frequent, and reading them costs a field read.
 */
final class HttpEventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
    private static final long CHECK_MILLIS = 10;

    final HttpSettings settings;
    final TransportCounters counters;
    final MemoryBudget memory;
    final RejectionBodies rejections;
    final MemoryQueue waiting;
    final CallerResolver callers;
    final SecurityHeaders securityHeaders;
    private final Context context;
    private final Thread thread = Thread.currentThread();
    private final Map<ConnectionKey, ClientConnection> connections = new HashMap<>();
    private final Map<HttpConnection, ClientConnection> byHttp = new HashMap<>();
    private @Nullable HttpExchange first;
    private long now = System.nanoTime();
    private volatile boolean closesConnections;
    private volatile boolean draining;

    /** Must be created on the event loop. */
    HttpEventLoop(HttpSettings settings, TransportCounters counters, Transport.Host host, Context context) {
        this.settings = settings;
        this.counters = counters;
        this.memory = host.memory();
        this.rejections = new RejectionBodies(host.settingNames());
        this.waiting = new MemoryQueue(context.owner(), maxWaiting(settings));
        this.callers = new CallerResolver(settings.proxies(), counters);
        this.securityHeaders = new SecurityHeaders(settings);
        this.context = context;
    }

    /**
     * Returns the number of messages that may wait for memory: one for each 16 connections, divided by the number of
     * loops.
     */
    private static int maxWaiting(HttpSettings settings) {
        return Math.max(8, settings.limits().connections() / 16 / settings.eventLoops());
    }

    /** Runs the action on this loop: at once if the current thread is the loop's. */
    void run(Runnable action) {
        if (thread.equals(Thread.currentThread())) {
            action.run();
        } else {
            context.runOnContext(nothing -> action.run());
        }
    }

    /** The time of the last sweep, by {@link System#nanoTime}. */
    long now() {
        return now;
    }

    /** Whether every answer is the last one on its connection. */
    boolean closesConnections() {
        return closesConnections;
    }

    /** Whether the server accepts no more connections. */
    boolean draining() {
        return draining;
    }

    void add(ClientConnection connection, ConnectionKey key) {
        connections.put(key, connection);
    }

    void remove(ClientConnection connection, ConnectionKey key, @Nullable HttpConnection http) {
        connections.remove(key, connection);
        if (http != null) {
            byHttp.remove(http);
        }
    }

    /** Called when the protocol of a connection is negotiated; requests arrive after this. */
    void opened(HttpConnection http) {
        var connection = connections.get(ConnectionKey.of(http));
        if (connection != null) {
            byHttp.put(http, connection);
            connection.protocolChosen(http);
        }
    }

    /** Returns the connection of a request; null when it is already closed. */
    @Nullable
    ClientConnection connection(HttpConnection http) {
        return byHttp.get(http);
    }

    void begin(HttpExchange exchange) {
        exchange.next = first;
        if (first != null) {
            first.previous = exchange;
        }
        first = exchange;
    }

    void end(HttpExchange exchange) {
        var before = exchange.previous;
        var after = exchange.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after != null) {
            after.previous = before;
        }
        exchange.previous = null;
        exchange.next = null;
    }

    /** Makes every further answer the last one on its connection. Any thread may call this. */
    void startGracefulShutdown() {
        closesConnections = true;
        run(() -> new ArrayList<>(connections.values()).forEach(ClientConnection::startGracefulShutdown));
    }

    /**
     * Starts the graceful shutdown again, for connections that were accepted in the meantime. Any thread may call this.
     */
    void drain() {
        draining = true;
        startGracefulShutdown();
        run(() -> active().forEach(HttpExchange::draining));
    }

    /** Checks the timeouts of all exchanges and connections. */
    void sweep() {
        now = System.nanoTime();
        active().forEach(exchange -> exchange.checkTimeouts(now));
        new ArrayList<>(connections.values()).forEach(connection -> connection.checkTimeouts(now));
    }

    private List<HttpExchange> active() {
        var active = new ArrayList<HttpExchange>();
        for (var exchange = first; exchange != null; exchange = exchange.next) {
            active.add(exchange);
        }
        return active;
    }

    /**
     * Returns a future that completes when all requests are answered and recent clients have had time for a further
     * request, whose answer announces the end of the connection.
     */
    CompletableFuture<Void> settled() {
        var idleCheck = new IdleCheck();
        run(() -> context.owner().setPeriodic(CHECK_MILLIS, idleCheck::checkTimeouts));
        return idleCheck.reached;
    }

    /** Whether a request is not yet answered or its answer not yet flushed. */
    CompletableFuture<Boolean> isActive() {
        var answer = new CompletableFuture<Boolean>();
        run(() -> answer.complete(first != null));
        return answer;
    }

    /** Waits until all loops are settled, for the grace period at most. */
    static void awaitSettled(Collection<HttpEventLoop> loops, Duration grace) {
        var all = loops.stream().map(HttpEventLoop::settled).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(all).get(grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("The grace period has ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all active exchanges at once. Any thread may call this. */
    void abort() {
        run(() -> active().forEach(HttpExchange::abort));
    }

    /** Shortens a duration by up to a quarter at random, so that events that began together spread out. */
    static long jittered(long nanos) {
        return nanos - ThreadLocalRandom.current().nextLong(nanos / 4 + 1);
    }

    /** Checks periodically until no exchange is active and no client is likely to send another request. */
    private final class IdleCheck {
        private static final int REQUIRED_CHECKS = 3;

        final CompletableFuture<Void> reached = new CompletableFuture<>();
        private int idleChecks;

        void checkTimeouts(long timer) {
            now = System.nanoTime();
            boolean busy = first != null || connections.values().stream().anyMatch(one -> one.mayReuse(now));
            idleChecks = busy ? 0 : idleChecks + 1;
            if (idleChecks == REQUIRED_CHECKS) {
                context.owner().cancelTimer(timer);
                reached.complete(null);
            }
        }
    }
}
