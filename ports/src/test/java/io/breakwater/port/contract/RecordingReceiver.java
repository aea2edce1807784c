package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.Event;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ClientTransport;
import io.breakwater.sample.waiting.Eventually;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Records what a transport passes to its client. Thread-safe. */
public final class RecordingReceiver implements ClientTransport.Receiver {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Optional<PortException>> end = new CompletableFuture<>();
    private volatile @Nullable String session;
    private volatile boolean unauthorized;
    private volatile boolean eventAfterEnd;

    /** Creates a receiver that has received nothing. */
    public RecordingReceiver() {}

    @Override
    public void session(String id) {
        session = id;
    }

    @Override
    public void unauthorized() {
        unauthorized = true;
    }

    @Override
    public void event(Event event) {
        eventAfterEnd |= end.isDone();
        events.add(event);
    }

    @Override
    public void closed(@Nullable PortException failure) {
        end.complete(Optional.ofNullable(failure));
    }

    /** Waits for the next event. */
    public Event next() {
        try {
            var event = events.poll(Eventually.SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("No further event arrived; the exchange ended with " + end);
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits for the next message. */
    public String nextText() {
        return new String(next().message(), UTF_8);
    }

    /** Waits until the exchange has ended, and returns its failure. */
    public Optional<PortException> end() {
        return end.orTimeout(Eventually.SECONDS, TimeUnit.SECONDS).join();
    }

    /** Returns whether the exchange has ended. */
    public boolean hasEnded() {
        return end.isDone();
    }

    /** Returns whether events are left that no caller of {@link #next} has taken, or arrived after the end. */
    public boolean hasMore() {
        return eventAfterEnd || !events.isEmpty();
    }

    /** The session that the server named, or null. */
    public @Nullable String sessionId() {
        return session;
    }

    /** Returns whether the server refused the credentials. */
    public boolean isUnauthorized() {
        return unauthorized;
    }
}
