package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import io.breakwater.port.CallerToken;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call with a deadline in real time, which a test can cancel. */
final class TestContext implements CallContext {
    private final long end;
    private final @Nullable CallerToken token;
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    private TestContext(Duration time, @Nullable CallerToken token) {
        this.end = System.nanoTime() + time.toNanos();
        this.token = token;
    }

    static TestContext within(Duration time) {
        return new TestContext(time, null);
    }

    static TestContext unhurried() {
        return within(Duration.ofMinutes(1));
    }

    static TestContext of(CallerToken token) {
        return new TestContext(Duration.ofMinutes(1), token);
    }

    void cancel() {
        cancelled.complete(null);
    }

    @Override
    public String requestId() {
        return "r-1";
    }

    @Override
    public @Nullable String traceParent() {
        return "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    @Override
    public boolean cancelled() {
        return cancelled.isDone() || remaining().isZero();
    }

    @Override
    public void onCancel(Runnable action) {
        var unused = cancelled.thenRun(action);
    }

    @Override
    public @Nullable CallerToken callerToken() {
        return token;
    }
}
