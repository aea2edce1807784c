package io.breakwater.adapter.http;

import io.breakwater.port.driving.ReplyStatus;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The messages of one event loop that wait for memory. The server does not read from their connections meanwhile, so
 * TCP slows their clients down. A message waits for a short time only; then it is refused with {@code Retry-After}.
 */
final class MemoryQueue {
    /** The value of {@code Retry-After}. */
    static final ReplyStatus.Overloaded RETRY_LATER = new ReplyStatus.Overloaded(Duration.ofSeconds(2));

    private static final long RETRY_MILLIS = 20;

    private final Vertx vertx;
    private final int maxWaiting;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /**
     * Creates an empty queue.
     *
     * @param maxWaiting the maximum number of messages that may wait; the part of each message that is already read is
     *     not counted
     */
    MemoryQueue(Vertx vertx, int maxWaiting) {
        this.vertx = vertx;
        this.maxWaiting = maxWaiting;
    }

    /**
     * Continues the exchange as soon as this number of bytes is reserved for it. An exchange that is answered or whose
     * client is disconnected is dropped. If the queue is full, the exchange is refused at once.
     */
    void add(HttpExchange exchange, long bytes, Runnable then) {
        if (waiting.size() >= maxWaiting) {
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

    /** Retries in the order of arrival; a small message may overtake a large one. */
    private void retry() {
        long now = System.nanoTime();
        for (int left = waiting.size(); left > 0; left--) {
            var next = waiting.remove();
            if (!next.isDone(now)) {
                waiting.add(next);
            }
        }
        if (!waiting.isEmpty()) {
            retryLater();
        }
    }

    private static void refuse(HttpExchange exchange) {
        if (!exchange.settled()) {
            StatusMapping.head(exchange.response, RETRY_LATER);
            exchange.refuse(RequestRejection.MEMORY);
        }
    }

    /** One message that waits. */
    private record Waiting(HttpExchange exchange, long bytes, long since, Runnable then) {
        boolean isDone(long now) {
            if (exchange.settled()) {
                return true;
            }
            if (exchange.memory.tryGrow(bytes)) {
                exchange.attempt(then);
                exchange.resumeReading(); // pending input may arrive within this call
                return true;
            }
            if (now - since < exchange.loop.memory.maxWait().toNanos()) {
                return false;
            }
            refuse(exchange);
            return true;
        }
    }
}
