package io.breakwater.core.presentation.protocol;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Event;
import io.breakwater.port.Json;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a server says in answer to one message, written down; and a client that may read slowly, or hang up. */
public final class RecordedReply implements Reply {
    private static final Duration TIMEOUT = Eventually.LIMIT;

    private final List<Event> events = new ArrayList<>(); // all guarded by this
    private @Nullable ReplyStatus status;
    private boolean stream;
    private boolean ended;
    private boolean clogged;
    private int longest = Integer.MAX_VALUE;
    private boolean gone;
    private Runnable onDisconnect = () -> {};

    // ---- the client's hand -----------------------------------------------------------------------------------------

    /** Reads no more. */
    public synchronized void clog() {
        clogged = true;
    }

    /** Reads so slowly that no message that is longer finds room. */
    public synchronized RecordedReply takingUpTo(int bytes) {
        longest = bytes;
        return this;
    }

    /** Hangs up. */
    public void disconnect() {
        Runnable action;
        synchronized (this) {
            gone = true;
            action = ended ? () -> {} : onDisconnect;
        }
        action.run();
    }

    // ---- what was heard --------------------------------------------------------------------------------------------

    /** How the answer was announced. */
    public synchronized @Nullable ReplyStatus status() {
        return status;
    }

    /** True when it came, or comes, as a stream. */
    public synchronized boolean isStream() {
        return stream;
    }

    /** True when nothing more comes. */
    public synchronized boolean ended() {
        return ended;
    }

    /** Every event so far. */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** Every message so far. */
    public List<Json.Obj> messages() {
        return events().stream()
                .filter(event -> event.message().length > 0)
                .map(event -> (Json.Obj) ParsedJson.read(event.message()).json())
                .toList();
    }

    /** The last message of an exchange that is over, waiting for it. */
    public Json.Obj answer() {
        awaitEnd();
        return messages().getLast();
    }

    /** The result in the {@linkplain #answer answer}. */
    public Json.Obj result() {
        var answer = answer();
        if (!(answer.get("result") instanceof Json.Obj result)) {
            throw new AssertionError("No result but " + answer);
        }
        return result;
    }

    /** The error in the {@linkplain #answer answer}. */
    public Json.Obj error() {
        var answer = answer();
        if (!(answer.get("error") instanceof Json.Obj error)) {
            throw new AssertionError("No error but " + answer);
        }
        return error;
    }

    /** The code of the {@linkplain #error error}. */
    public int code() {
        return error().get("code") instanceof Json.Decimal(BigDecimal code) ? code.intValueExact() : 0;
    }

    /** Waits until nothing more comes. */
    public RecordedReply awaitEnd() {
        await("the end", () -> ended);
        return this;
    }

    /** Waits for this number of messages. */
    public List<Json.Obj> awaitMessages(int count) {
        await(count + " messages", () -> messages().size() >= count);
        return messages();
    }

    private synchronized void await(String what, BooleanSupplier there) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!there.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("Waited for " + what + ", heard " + messages());
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }

    // ---- the server's hand -----------------------------------------------------------------------------------------

    @Override
    public synchronized void answer(ReplyStatus how, byte @Nullable [] message) {
        if (status != null) {
            throw new IllegalStateException("answered twice: " + status + ", then " + how);
        }
        status = how;
        ended = true;
        if (message != null) {
            events.add(Event.of(message));
        }
        notifyAll();
    }

    @Override
    public synchronized void open(ReplyStatus how) {
        if (status != null) {
            throw new IllegalStateException("answered twice: " + status + ", then " + how);
        }
        status = how;
        stream = true;
        notifyAll();
    }

    @Override
    public synchronized OfferResult offer(Event event) {
        if (!stream) {
            throw new IllegalStateException("offered before the stream was opened");
        }
        if (ended || gone) {
            return OfferResult.CLOSED;
        }
        if (clogged || event.message().length > longest) {
            return OfferResult.FULL;
        }
        events.add(event);
        notifyAll();
        return OfferResult.ACCEPTED;
    }

    @Override
    public synchronized void deliver(Event answer) {
        if (!stream) {
            throw new IllegalStateException("delivered before the stream was opened");
        }
        if (!ended && !gone) {
            events.add(answer);
            notifyAll();
        }
    }

    @Override
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public void onDisconnect(Runnable action) {
        synchronized (this) {
            onDisconnect = action;
            if (!gone) {
                return;
            }
        }
        action.run();
    }
}
