package io.breakwater.adapter.http.identity;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Loads a value on another thread; concurrent callers share one load, and each waits only as long as it can. */
final class SharedLoad<T> {
    private final Executor executor;
    private final Supplier<T> load;
    private @Nullable CompletableFuture<T> running;

    SharedLoad(Executor executor, Supplier<T> load) {
        this.executor = executor;
        this.load = load;
    }

    T await(Duration remaining) throws ExecutionException, TimeoutException, InterruptedException {
        return join().get(remaining.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Begins to load unless a load runs, and does not wait. */
    void begin() {
        var unused = join();
    }

    synchronized boolean isRunning() {
        return running != null && !running.isDone();
    }

    private synchronized CompletableFuture<T> join() {
        var present = running;
        if (present == null || present.isDone()) {
            present = CompletableFuture.supplyAsync(load, executor);
            running = present;
        }
        return present;
    }
}
