package io.breakwater.adapter.http;

import io.breakwater.port.driving.MemoryBudget;
import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to one event loop: its connections and the exchanges at work on them. Only its own thread touches it,
 * so nothing here is locked; {@link #run} is the way in from elsewhere.
 *
 * <p>No request has a timer. One sweep looks at everything that may be late, and the loop's clock moves with the sweep:
 * times are as exact as the sweep is frequent, and cost a field read.
 */
final class HttpEventLoop {
    private static final long LOOK_MILLIS = 10;

    final HttpSettings settings;
    final TransportCounters tally;
    final MemoryBudget memory;
    final MemoryQueue waiting;
    private final Context context;
    private final Thread thread = Thread.currentThread();
    private final Map<ConnectionKey, ClientConnection> connections = new HashMap<>();
    private final Map<HttpConnection, ClientConnection> byHttp = new HashMap<>();
    private @Nullable HttpExchange first;
    private long now = System.nanoTime();
    private volatile boolean isDraining;
    private volatile boolean draining;

    /** Must be made on the event loop. */
    HttpEventLoop(HttpSettings settings, TransportCounters tally, MemoryBudget memory, Context context) {
        this.settings = settings;
        this.tally = tally;
        this.memory = memory;
        this.waiting = new MemoryQueue(context.owner(), waitingFor(settings));
        this.context = context;
    }

    /** One for each 16 connections, of all loops together. */
    private static int waitingFor(HttpSettings settings) {
        return Math.max(8, settings.limits().connections() / 16 / settings.eventLoops());
    }

    /** Runs the action on this loop: at once when we are on it. */
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
    boolean isDraining() {
        return isDraining;
    }

    /** Whether no connection is accepted any more. */
    boolean draining() {
        return draining;
    }

    void add(ClientConnection connection, ConnectionKey ends) {
        connections.put(ends, connection);
    }

    void remove(ClientConnection connection, ConnectionKey ends, @Nullable HttpConnection http) {
        connections.remove(ends, connection);
        if (http != null) {
            byHttp.remove(http);
        }
    }

    /** The protocol is settled on a connection: from now on requests arrive on it. */
    void opened(HttpConnection http) {
        var connection = connections.get(ConnectionKey.of(http));
        if (connection != null) {
            byHttp.put(http, connection);
            connection.protocolChosen(http);
        }
    }

    /** Where the request came from; null when its connection is already gone. */
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

    /** From now on every answer is the last one on its connection; may be called from anywhere. */
    void startGracefulShutdown() {
        isDraining = true;
        run(() -> new ArrayList<>(connections.values()).forEach(ClientConnection::startGracefulShutdown));
    }

    /** Takes leave of connections too that were accepted at the last moment; may be called from anywhere. */
    void drain() {
        draining = true;
        startGracefulShutdown();
    }

    /** Looks after everything that may be late. */
    void sweep() {
        now = System.nanoTime();
        var atWork = new ArrayList<HttpExchange>();
        for (var exchange = first; exchange != null; exchange = exchange.next) {
            atWork.add(exchange);
        }
        atWork.forEach(exchange -> exchange.look(now));
        new ArrayList<>(connections.values()).forEach(connection -> connection.look(now));
    }

    /** Completes when all is answered, and the clients that were asking had their chance to be told to go. */
    CompletableFuture<Void> settled() {
        var calm = new Calm();
        run(() -> context.owner().setPeriodic(LOOK_MILLIS, calm::look));
        return calm.reached;
    }

    /** Whether something is not yet answered or flushed. */
    CompletableFuture<Boolean> isAtWork() {
        var answer = new CompletableFuture<Boolean>();
        run(() -> answer.complete(first != null));
        return answer;
    }

    /** The duration shortened by up to a quarter, so that what began together does not stay together. */
    static long jittered(long nanos) {
        return nanos - ThreadLocalRandom.current().nextLong(nanos / 4 + 1);
    }

    /** Looks again and again until nothing is at work and nobody is likely to ask once more. */
    private final class Calm {
        private static final int LOOKS = 3;

        final CompletableFuture<Void> reached = new CompletableFuture<>();
        private int calm;

        void look(long timer) {
            now = System.nanoTime();
            boolean busy = first != null || connections.values().stream().anyMatch(one -> one.mayReuse(now));
            calm = busy ? 0 : calm + 1;
            if (calm == LOOKS) {
                context.owner().cancelTimer(timer);
                reached.complete(null);
            }
        }
    }
}
