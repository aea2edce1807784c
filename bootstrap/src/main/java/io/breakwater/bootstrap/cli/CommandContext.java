package io.breakwater.bootstrap.cli;

import io.breakwater.port.CallContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The context of the work of a command.
 *
 * @param end its deadline on the clock {@link System#nanoTime}
 */
record CommandContext(long end) implements CallContext {

    static CommandContext within(Duration time) {
        return new CommandContext(System.nanoTime() + time.toNanos());
    }

    @Override
    public String requestId() {
        return "command";
    }

    @Override
    public @Nullable String traceParent() {
        return null;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    @Override
    public boolean cancelled() {
        return end - System.nanoTime() <= 0;
    }

    @Override
    public void onCancel(Runnable action) {
        // The process ends with the command.
    }
}
