package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.DeadlineExceededException;
import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens in memory, until shortly before they expire. Concurrent calls that need the same token share one request
 * for it, which does not end with any of these calls. A failure is shared for a second. Thread-safe.
 */
final class TokenCache {
    private static final int MAX_TOKENS = 10_000;
    private static final long FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MIN_AGE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration MAX_MARGIN = Duration.ofSeconds(30);
    private static final int MARGIN_PART = 10;

    private final ServerExecutors executors;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true); // guarded by this

    TokenCache(ServerExecutors executors) {
        this.executors = executors;
    }

    /** A token, or the request for it. */
    private static final class Entry {
        private final CompletableFuture<String> token = new CompletableFuture<>();
        private volatile long obtained;
        private volatile long end = Long.MAX_VALUE;

        boolean isUsable(long now) {
            return !token.isDone() || end - now > 0;
        }
    }

    /**
     * Returns a token, and waits for it if it is not in memory.
     *
     * @param key identifies the token; not a secret
     */
    String token(String key, Supplier<TokenClient.Issued> source, CallContext context) {
        return await(entry(key, source).token, context);
    }

    /** Forgets a token that the service refused, unless it is new: another one would not help then. */
    synchronized void forget(String key) {
        var entry = entries.get(key);
        if (entry != null && entry.token.isDone() && executors.nanoTime() - entry.obtained > MIN_AGE_NANOS) {
            entries.remove(key);
        }
    }

    private Entry entry(String key, Supplier<TokenClient.Issued> source) {
        Entry created;
        synchronized (this) {
            var present = entries.get(key);
            if (present != null && present.isUsable(executors.nanoTime())) {
                return present;
            }
            created = new Entry();
            entries.put(key, created);
            if (entries.size() > MAX_TOKENS) {
                var eldest = entries.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
        }
        start(created, source);
        return created;
    }

    private void start(Entry entry, Supplier<TokenClient.Issued> source) {
        try {
            executors.virtualThreads().execute(() -> load(entry, source));
        } catch (RejectedExecutionException overloaded) {
            fail(entry, new UnavailableException("The server is too busy to request a token.", null, overloaded));
        }
    }

    private void load(Entry entry, Supplier<TokenClient.Issued> source) {
        try {
            var issued = source.get();
            entry.obtained = executors.nanoTime();
            entry.end = entry.obtained + usableTime(issued.lifetime()).toNanos();
            entry.token.complete(issued.value());
        } catch (RuntimeException failure) {
            fail(entry, failure);
        }
    }

    private void fail(Entry entry, RuntimeException failure) {
        entry.end = executors.nanoTime() + FAILURE_NANOS;
        entry.token.completeExceptionally(failure);
    }

    /** A token must not expire on its way, so the last tenth of its lifetime, at most 30 s, is not used. */
    private static Duration usableTime(Duration lifetime) {
        var margin = lifetime.dividedBy(MARGIN_PART);
        return lifetime.minus(margin.compareTo(MAX_MARGIN) < 0 ? margin : MAX_MARGIN);
    }

    private static String await(CompletableFuture<String> token, CallContext context) {
        var own = token;
        if (!token.isDone()) {
            var copy = token.copy();
            context.onCancel(() -> copy.cancel(false));
            own = copy;
        }
        try {
            return own.get(context.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | CancellationException ended) {
            throw new DeadlineExceededException("The call ended while the server waited for a token.", ended);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DeadlineExceededException("The call ended while the server waited for a token.", interrupted);
        } catch (ExecutionException failure) {
            throw failure(failure.getCause());
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        return cause instanceof PortException known
                ? known
                : new IllegalStateException("A token could not be requested.", cause);
    }
}
