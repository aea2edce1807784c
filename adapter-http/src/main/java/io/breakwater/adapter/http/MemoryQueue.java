package io.breakwater.adapter.http;

import io.breakwater.port.driving.ReplyStatus;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The messages of one event loop that wait for memory. Their connections are not read from meanwhile, so a client that
 * sends on is slowed down by TCP. A message waits for a moment only; then it is refused with {@code Retry-After}.
 */
final class MemoryQueue {
    /** What {@code Retry-After} says. */
    static final ReplyStatus.Overloaded LATER = new ReplyStatus.Overloaded(Duration.ofSeconds(2));

    private static final long RETRY_MILLIS = 20;

    private final Vertx vertx;
    private final int most;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /**
     * A queue without messages.
     *
     * @param most the number of messages that may wait: what was read of each of them is held and not counted
     */
    MemoryQueue(Vertx vertx, int most) {
        this.vertx = vertx;
        this.most = most;
    }

    /**
     * Goes on with the exchange as soon as that many bytes are reserved for it. One that was answered before, or whose
     * client is gone, is forgotten; one too many is refused at once.
     */
    void add(HttpExchange exchange, long bytes, Runnable then) {
        if (waiting.size() >= most) {
            refuse(exchange);
            return;
        }
        exchange.stopReading();
        waiting.add(new Waiting(exchange, bytes, System.nanoTime(), then));
        if (waiting.size() == 1) {
            retryLater();
        }
    }

    private void retryLater() {
        vertx.setTimer(RETRY_MILLIS, timer -> retry());
    }

    /** In the order they came; one that needs little may pass one that needs much. */
    private void retry() {
        long now = System.nanoTime();
        for (int left = waiting.size(); left > 0; left--) {
            var next = waiting.remove();
            if (!next.isOver(now)) {
                waiting.add(next);
            }
        }
        if (!waiting.isEmpty()) {
            retryLater();
        }
    }

    private static void refuse(HttpExchange exchange) {
        if (!exchange.settled()) {
            StatusMapping.head(exchange.response, LATER);
            exchange.refuse(RequestRejection.MEMORY);
        }
    }

    /** One message that waits. */
    private record Waiting(HttpExchange exchange, long bytes, long since, Runnable then) {
        boolean isOver(long now) {
            if (exchange.settled()) {
                return true;
            }
            if (exchange.memory.tryGrow(bytes)) {
                exchange.attempt(then);
                exchange.resumeReading(); // what is waiting to be read may arrive within this call
                return true;
            }
            if (now - since < exchange.loop.memory.patience().toNanos()) {
                return false;
            }
            refuse(exchange);
            return true;
        }
    }
}
