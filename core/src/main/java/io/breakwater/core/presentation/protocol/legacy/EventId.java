package io.breakwater.core.presentation.protocol.legacy;

import java.util.Optional;

/**
 * The id of an event on a stream of a session, from which a client can resume the stream.
 *
 * @param stream the name of the stream
 * @param number the number of the event on the stream, from 1; 0 is the position before the first event
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
