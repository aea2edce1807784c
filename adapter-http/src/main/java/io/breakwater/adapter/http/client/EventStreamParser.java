package io.breakwater.adapter.http.client;

import io.breakwater.port.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parses a {@code text/event-stream} (WHATWG HTML, server-sent events), in pieces of any size, into events. Event names
 * and comments are ignored, and so is an event that the end of the stream interrupts. Not thread-safe.
 */
final class EventStreamParser implements ResponseBody.Sink {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Consumer<Event> events;
    private final BoundedBytes line;
    private final BoundedBytes data;
    private boolean first = true;
    private boolean afterCarriageReturn;
    private boolean hasData;
    private @Nullable String id;
    private @Nullable Duration retry;

    /** Creates a parser that passes each event to the consumer. */
    EventStreamParser(Consumer<Event> events) {
        this(events, BoundedBytes.MAX_MESSAGE);
    }

    /** Creates a parser that refuses longer lines and messages. */
    EventStreamParser(Consumer<Event> events, int max) {
        this.events = events;
        this.line = new BoundedBytes(max);
        this.data = new BoundedBytes(max);
    }

    @Override
    public void accept(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            accept(bytes.get());
        }
    }

    /** A line ends with a line feed, a carriage return, or both. */
    private void accept(byte value) {
        boolean secondHalf = value == '\n' && afterCarriageReturn;
        afterCarriageReturn = value == '\r';
        if (secondHalf) {
            return;
        }
        if (value == '\n' || value == '\r') {
            parseLine(new String(line.drain(), StandardCharsets.UTF_8));
        } else {
            line.add(value);
        }
    }

    private void parseLine(String text) {
        var content = first && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        first = false;
        if (content.isEmpty()) {
            finishEvent();
            return;
        }
        int colon = content.indexOf(':');
        var field = colon < 0 ? content : content.substring(0, colon);
        var rest = colon < 0 ? "" : content.substring(colon + 1);
        setField(field, rest.startsWith(" ") ? rest.substring(1) : rest);
    }

    private void setField(String field, String value) {
        switch (field) {
            case "data" -> addData(value);
            case "id" -> id = value;
            case "retry" -> retry = milliseconds(value);
            default -> {} // a comment, or an event name, which MCP does not use
        }
    }

    private void addData(String value) {
        if (hasData) {
            data.add('\n');
        }
        hasData = true;
        data.add(value.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable Duration milliseconds(String value) {
        boolean number =
                value.length() < 10 && !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Duration.ofMillis(Long.parseLong(value)) : retry;
    }

    private void finishEvent() {
        if (hasData || id != null || retry != null) {
            events.accept(new Event(data.drain(), id, retry));
        }
        hasData = false;
        id = null;
        retry = null;
    }
}
