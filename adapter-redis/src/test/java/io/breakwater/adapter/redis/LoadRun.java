package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.CacheStore;
import io.breakwater.sample.redis.RedisWait;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Callers that put and get all the time, and count how they fare. What is neither right nor unavailable is wrong. */
final class LoadRun implements AutoCloseable {
    private static final int CALLERS = 32;
    private static final Duration TTL = Duration.ofMinutes(1);

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CacheStore store;
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong unavailable = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private volatile boolean over;

    private LoadRun(CacheStore store) {
        this.store = store;
    }

    static LoadRun on(CacheStore store) {
        var load = new LoadRun(store);
        for (int caller = 0; caller < CALLERS; caller++) {
            var key = "key " + caller;
            load.callers.execute(() -> load.call(key));
        }
        return load;
    }

    private void call(String key) {
        for (long i = 0; !over; i++) {
            try {
                var value = key + " " + i;
                store.put(key, value.getBytes(UTF_8), TTL);
                var found = store.get(key).map(bytes -> new String(bytes, UTF_8));
                // Lost with the server that had it, or older than a put that was given up: but never another's.
                if (found.isPresent() && !found.get().startsWith(key + " ")) {
                    wrong.incrementAndGet();
                }
                served.incrementAndGet();
            } catch (PortException.UnavailableException e) {
                unavailable.incrementAndGet();
            } catch (RuntimeException | Error e) {
                wrong.incrementAndGet();
                throw e;
            }
        }
    }

    /** Returns when as many more calls have been served as there are callers, several times over. */
    void awaitServed() {
        awaitMore(served);
    }

    /** Returns when as many more calls have failed as there are callers, several times over. */
    void awaitUnavailable() {
        awaitMore(unavailable);
    }

    private static void awaitMore(AtomicLong counter) {
        long enough = counter.get() + 3 * CALLERS;
        RedisWait.until(() -> counter.get() >= enough);
    }

    long wrong() {
        return wrong.get();
    }

    @Override
    public void close() {
        over = true;
        callers.close();
    }
}
