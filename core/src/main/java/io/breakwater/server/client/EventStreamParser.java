package io.breakwater.server.client;

import io.breakwater.port.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parses the lines of a {@code text/event-stream} (WHATWG HTML, server-sent events) into events, for transports over
 * HTTP. Event names and comments are ignored. Not thread-safe.
 */
public final class EventStreamParser {
    private final Consumer<Event> events;
    private final StringBuilder data = new StringBuilder();
    private @Nullable String id;
    private @Nullable Duration retry;

    /** Creates a parser that passes each event to the consumer. */
    public EventStreamParser(Consumer<Event> events) {
        this.events = events;
    }

    /** Parses one line, without its line terminator. */
    public void line(String line) {
        if (line.isEmpty()) {
            finish();
            return;
        }
        int colon = line.indexOf(':');
        var field = colon < 0 ? line : line.substring(0, colon);
        var rest = colon < 0 ? "" : line.substring(colon + 1);
        take(field, rest.startsWith(" ") ? rest.substring(1) : rest);
    }

    private void take(String field, String value) {
        switch (field) {
            case "data" -> data.append(value).append('\n');
            case "id" -> id = value;
            case "retry" -> retry = milliseconds(value);
            default -> {} // a comment, or an event name, which MCP does not use
        }
    }

    private @Nullable Duration milliseconds(String value) {
        boolean number =
                value.length() < 10 && !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Duration.ofMillis(Long.parseLong(value)) : retry;
    }

    private void finish() {
        if (!data.isEmpty() || id != null || retry != null) {
            var text = data.isEmpty() ? "" : data.substring(0, data.length() - 1);
            events.accept(new Event(text.getBytes(StandardCharsets.UTF_8), id, retry));
        }
        data.setLength(0);
        id = null;
        retry = null;
    }
}
