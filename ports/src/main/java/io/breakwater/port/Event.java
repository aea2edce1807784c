package io.breakwater.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One message on an open stream.
 *
 * @param message the JSON-RPC message on one line; empty for an event that only sets {@code id} or {@code retry}
 * @param id the resumption id (SSE {@code id:}), or null on a stream that cannot be resumed
 * @param retry the time after which the client should reconnect (SSE {@code retry:}), or null
 */
public record Event(
        byte[] message, @Nullable String id, @Nullable Duration retry) {
    /** Creates an event with a message only. */
    public static Event of(byte[] message) {
        return new Event(message, null, null);
    }
}
