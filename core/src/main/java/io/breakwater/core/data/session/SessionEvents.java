package io.breakwater.core.data.session;

import io.breakwater.port.driven.StreamLog.Entry;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The messages of one session's streams. Streams are ordered by their last message; there are at most as many streams
 * as messages, so that a stream that is removed has no messages left. Not thread-safe.
 */
final class SessionEvents {
    /** The approximate overhead of a message, and of a stream. */
    private static final int EVENT = 80;

    private static final int STREAM = 200;

    private final LogLimits limits;
    private final LinkedHashMap<String, Stream> streams = new LinkedHashMap<>(4);
    private final ArrayDeque<Stream> order = new ArrayDeque<>(4);
    private int bytes;
    private int nameBytes;
    private long lastUse;

    SessionEvents(LogLimits limits) {
        this.limits = limits;
    }

    long append(String name, byte[] message, long now) {
        lastUse = now;
        var known = streams.remove(name);
        var stream = known == null ? new Stream() : known;
        nameBytes += known == null ? name.length() : 0;
        streams.put(name, stream);
        stream.entries.add(new Entry(++stream.last, message));
        order.add(stream);
        bytes += size(message);
        dropOldest();
        return stream.last;
    }

    List<Entry> after(String name, long number) {
        var stream = streams.get(name);
        return stream == null
                ? List.of()
                : stream.entries.stream()
                        .filter(entry -> entry.number() > number)
                        .toList();
    }

    /** Returns the approximate size in bytes. */
    long weight() {
        return (long) bytes + nameBytes + (1L + streams.size()) * STREAM;
    }

    long lastUse() {
        return lastUse;
    }

    private void dropOldest() {
        while (order.size() > limits.events() || bytes > limits.bytes()) {
            bytes -= size(order.remove().entries.remove().message());
        }
        if (streams.size() > limits.events()) {
            var oldest = streams.pollFirstEntry();
            nameBytes -= oldest.getKey().length();
        }
    }

    private static int size(byte[] message) {
        return message.length + EVENT;
    }

    /** The stored messages of one stream, and the number of its last message. */
    private static final class Stream {
        private final ArrayDeque<Entry> entries = new ArrayDeque<>(2);
        private long last;
    }
}
