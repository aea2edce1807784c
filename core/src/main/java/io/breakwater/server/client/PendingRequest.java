package io.breakwater.server.client;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A request that waits for its result. It takes several exchanges when the server requests input. Thread-safe. */
public final class PendingRequest {
    private final MessageRouter router;
    private final Duration timeout;
    private final CompletableFuture<Json.Obj> result = new CompletableFuture<>();
    private volatile @Nullable RequestExchange current;

    PendingRequest(MessageRouter router, Duration timeout) {
        this.router = router;
        this.timeout = timeout;
    }

    void setExchange(RequestExchange exchange) {
        current = exchange;
    }

    /**
     * The future result. It fails with a {@link PortException} when there is no result, and is cancelled after
     * {@link #cancel}.
     */
    public CompletableFuture<Json.Obj> result() {
        return result;
    }

    /**
     * Waits for the result, at most for the timeout of the client.
     *
     * @throws PortException when there is none; {@link PortException.ProtocolErrorException} with the server's error
     */
    public Json.Obj await() {
        return await(timeout);
    }

    Json.Obj await(Duration limit) {
        try {
            return await(result, limit);
        } catch (PortException failure) {
            if (!result.isDone()) {
                cancel();
            }
            throw failure;
        }
    }

    static <T> T await(CompletableFuture<T> future, Duration limit) {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new PortException.DeadlineExceededException(
                    "No response from the server within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortException.UnavailableException(
                    "Interrupted while waiting for the server's response", null, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        }
    }

    /** Returns whether the server refused the credentials of the client. */
    boolean isUnauthorized() {
        var exchange = current;
        return exchange != null && exchange.isUnauthorized();
    }

    /** Cancels the request, here and at the server. */
    public void cancel() {
        result.cancel(false);
        var exchange = current;
        if (exchange != null) {
            router.cancel(exchange);
        }
    }
}
