package io.breakwater.bootstrap.service;

import io.breakwater.port.PortException;
import io.breakwater.port.PortException.UnavailableException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A source that may block for ever and cannot be interrupted, such as a file on a network mount that hangs. It is read on
 * a platform thread of its own, because a virtual thread would occupy one of the few threads that carry all of them. While
 * one read is in progress, no other begins. Thread-safe.
 */
public final class BlockingSource<T> implements Supplier<T> {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Supplier<T> source;
    private final Duration timeout;
    private @Nullable FutureTask<T> reading;

    private BlockingSource(Supplier<T> source, Duration timeout) {
        this.source = source;
        this.timeout = timeout;
    }

    /** Creates a source that is waited for 5 s. */
    public static <T> BlockingSource<T> of(Supplier<T> source) {
        return of(source, TIMEOUT);
    }

    static <T> BlockingSource<T> of(Supplier<T> source, Duration timeout) {
        return new BlockingSource<>(source, timeout);
    }

    /**
     * Returns what the source supplies. A source that hangs is waited for once, and later calls fail at once until it has
     * answered.
     *
     * @throws UnavailableException if the source does not answer
     */
    @Override
    public synchronized T get() {
        var present = reading;
        boolean hung = present != null && !present.isDone();
        if (present == null) {
            present = new FutureTask<>(source::get);
            reading = present;
            Thread.ofPlatform().daemon().name("breakwater-source").start(present);
        }
        try {
            var value = present.get(hung ? 0 : timeout.toNanos(), TimeUnit.NANOSECONDS);
            reading = null;
            return value;
        } catch (TimeoutException hanging) {
            throw new UnavailableException(
                    source + " does not answer. Check the file system where it is.", null, hanging);
        } catch (ExecutionException failed) {
            reading = null;
            throw failed.getCause() instanceof PortException known
                    ? known
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", interrupted);
        }
    }
}
