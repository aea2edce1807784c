package io.breakwater.server.client;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A request under way, questions of the server included: it may take several exchanges. Thread-safe. */
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
     * The result when it comes; failed with a {@link PortException} when none will, cancelled after {@link #cancel}.
     */
    public CompletableFuture<Json.Obj> result() {
        return result;
    }

    /**
     * Waits for the result, as long as the client is patient.
     *
     * @throws PortException when there is none; {@link PortException.ProtocolErrorException} with the server's error
     */
    public Json.Obj await() {
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            cancel();
            throw new PortException.DeadlineExceededException(
                    "No response from the server within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new PortException.UnavailableException("Interrupted while waiting for the server's response", null, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        }
    }

    /** Tells the server that nobody wants the answer any more. */
    public void cancel() {
        result.cancel(false);
        var exchange = current;
        if (exchange != null) {
            router.cancel(exchange);
        }
    }
}
