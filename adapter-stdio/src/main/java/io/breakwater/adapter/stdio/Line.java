package io.breakwater.adapter.stdio;

import org.jspecify.annotations.Nullable;

/** What came on one line of the input. */
sealed interface Line {
    /** A message, as far as its length is concerned. */
    record Message(byte[] body) implements Line {}

    /**
     * A line over the limit, which was dropped.
     *
     * @param requestId the JSON text of the request's id; null when there is none, or it cannot be told
     */
    record TooLong(@Nullable String requestId) implements Line {}
}
