package io.breakwater.adapter.http;

import io.breakwater.port.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The reply to an HTTP client: one JSON body, or an event stream. Any thread may use it; the work runs on the event
 * loop, at once if the current thread is the loop's.
 */
final class McpReply implements Reply, HttpExchange.Listener {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final Buffer EMPTY = Buffer.buffer();
    private static final int UNCOUNTED = 8 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final HttpExchange exchange;
    private volatile @Nullable EventStream stream;
    private @Nullable Runnable onDisconnect;
    private boolean disconnected;

    McpReply(HttpExchange exchange) {
        this.exchange = exchange;
        exchange.setListener(this);
    }

    @Override
    public void answer(ReplyStatus status, byte @Nullable [] message) {
        exchange.loop.run(() -> exchange.attempt(() -> send(status, message)));
    }

    @Override
    public void open(ReplyStatus status) {
        var opened = EventStream.open(exchange);
        if (opened == null) {
            exchange.loop.run(this::refuseStream);
        } else {
            stream = opened;
            exchange.loop.run(() -> exchange.attempt(() -> opened.begin(status)));
        }
    }

    @Override
    public OfferResult offer(Event event) {
        var open = stream;
        return open == null ? OfferResult.CLOSED : open.offer(event);
    }

    @Override
    public void deliver(Event event) {
        var open = stream;
        if (open != null) {
            open.deliver(event);
        }
    }

    @Override
    public void end() {
        var open = stream;
        if (open != null) {
            open.end();
        }
    }

    @Override
    public void endWith(Event event) {
        var open = stream;
        if (open != null) {
            open.endWith(event);
        }
    }

    @Override
    public void onDisconnect(Runnable action) {
        exchange.loop.run(() -> {
            onDisconnect = action;
            if (disconnected) {
                action.run();
            }
        });
    }

    @Override
    public void checkTimeouts(long now) {
        var open = stream;
        if (open != null) {
            open.checkTimeouts(now);
        }
    }

    @Override
    public void probe() {
        var open = stream;
        if (open != null) {
            open.probe();
        }
    }

    @Override
    public void clientDisconnected() {
        disconnected = true;
        var open = stream;
        if (open != null) {
            open.close();
        }
        if (onDisconnect != null) {
            onDisconnect.run();
        }
    }

    private void send(ReplyStatus status, byte @Nullable [] message) {
        if (exchange.settled() || stream != null) {
            return;
        }
        StatusMapping.head(exchange.response, status);
        if (message == null) {
            exchange.end(EMPTY);
        } else {
            exchange.response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
            count(message);
            exchange.end(Buffer.buffer(message));
        }
    }

    /**
     * Counts the memory of an answer, even above the limits, since the call has already finished. Small answers are not
     * counted.
     */
    private void count(byte[] message) {
        if (message.length > UNCOUNTED) {
            exchange.memory.grow(message.length);
        }
    }

    private void refuseStream() {
        if (!exchange.settled()) {
            StatusMapping.head(exchange.response, new ReplyStatus.Overloaded(RETRY_AFTER));
            exchange.refuse(RequestRejection.STREAMS);
        }
    }
}
