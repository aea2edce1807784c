package io.breakwater.core.presentation.protocol.legacy;

import java.util.Optional;

/**
 * Names an event of a session's streams, so that a client can resume right after it.
 *
 * @param stream which stream
 * @param number its place on it, from 1; 0 stands before the first
 */
record EventId(String stream, long number) {

    String text() {
        return stream + ":" + number;
    }

    static Optional<EventId> of(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || text.length() - colon > 19) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(text, colon + 1, text.length(), 10);
            return number < 0 ? Optional.empty() : Optional.of(new EventId(text.substring(0, colon), number));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
