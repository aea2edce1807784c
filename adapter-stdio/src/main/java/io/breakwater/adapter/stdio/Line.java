package io.breakwater.adapter.stdio;

import org.jspecify.annotations.Nullable;

/** One line of the input. */
sealed interface Line {
    /** A line within the limit; its content is not checked. */
    record Message(byte[] body) implements Line {}

    /**
     * A line over the limit, which was dropped.
     *
     * @param requestId the JSON text of the request's id; null when the message has none or its id is uncertain
     */
    record TooLong(@Nullable String requestId) implements Line {}
}
