package io.breakwater.adapter.http;

import io.breakwater.port.driving.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The way back to an HTTP client: one JSON body, or an event stream. May be used from any thread; what was said is
 * carried out on the event loop, at once when we are on it.
 */
final class McpReply implements Reply, HttpExchange.Watch {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final Buffer NOTHING = Buffer.buffer();
    private static final int SMALL = 8 * 1024;
    private static final Duration ROOM_AGAIN = Duration.ofSeconds(5);

    private final HttpExchange exchange;
    private volatile @Nullable EventStream stream;
    private @Nullable Runnable onDisconnect;
    private boolean gone;

    McpReply(HttpExchange exchange) {
        this.exchange = exchange;
        exchange.onStateChange(this);
    }

    @Override
    public void answer(ReplyStatus disposition, byte @Nullable [] message) {
        exchange.loop.run(() -> exchange.attempt(() -> send(disposition, message)));
    }

    @Override
    public void open(ReplyStatus disposition) {
        var opened = EventStream.open(exchange);
        if (opened == null) {
            exchange.loop.run(this::refuseStream);
        } else {
            stream = opened;
            exchange.loop.run(() -> exchange.attempt(() -> opened.begin(disposition)));
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
            if (gone) {
                action.run();
            }
        });
    }

    @Override
    public void checkTimeouts(long now) {
        var open = stream;
        if (open != null) {
            open.look(now);
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
        gone = true;
        var open = stream;
        if (open != null) {
            open.close();
        }
        if (onDisconnect != null) {
            onDisconnect.run();
        }
    }

    private void send(ReplyStatus disposition, byte @Nullable [] message) {
        if (exchange.settled() || stream != null) {
            return;
        }
        StatusMapping.head(exchange.response, disposition);
        if (message == null) {
            exchange.end(NOTHING);
        } else {
            exchange.response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
            count(message);
            exchange.end(Buffer.buffer(message));
        }
    }

    /** A finished call keeps its answer, whatever it takes; a small one is not worth counting. */
    private void count(byte[] message) {
        if (message.length > SMALL) {
            exchange.memory.grow(message.length);
        }
    }

    private void refuseStream() {
        if (!exchange.settled()) {
            StatusMapping.head(exchange.response, new ReplyStatus.Overloaded(ROOM_AGAIN));
            exchange.refuse(RequestRejection.STREAMS);
        }
    }
}
