package io.breakwater.port.driven;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a request to an HTTP service. */
public sealed interface ServiceOutcome {

    /**
     * The service responded, with any status.
     *
     * @param fields the values of the header fields by name, in lower case
     * @param body the body; empty if there is none
     */
    record Response(int status, Map<String, List<String>> fields, byte[] body) implements ServiceOutcome {
        /** Copies the fields. */
        public Response {
            fields = Map.copyOf(fields);
        }

        /** Returns the first value of a header field; upper and lower case are the same. */
        public Optional<String> field(String name) {
            return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .findFirst();
        }
    }

    /**
     * The request certainly had no effect: no instance received it.
     *
     * @param message why, for the caller
     * @param retryAfter the time after which a repeated request may succeed; null if it is not known
     */
    record NotDelivered(String message, @Nullable Duration retryAfter) implements ServiceOutcome {}

    /**
     * The request was sent, but there is no complete response: it may have had its effect.
     *
     * @param message what happened, for the caller
     * @param timedOut whether the time for the response was over; false if the connection failed
     */
    record Unconfirmed(String message, boolean timedOut) implements ServiceOutcome {}
}
