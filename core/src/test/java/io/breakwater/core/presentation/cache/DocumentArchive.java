package io.breakwater.core.presentation.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What lies behind the tools of a {@link SampleReplica}: texts under ids, a count of readings, and a way to get in
 * between.
 */
final class DocumentArchive {
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final AtomicInteger readings = new AtomicInteger();
    private volatile Between between = id -> {};

    /** What happens in the middle of a reading. */
    @FunctionalInterface
    interface Between {
        void reading(String id) throws Exception;
    }

    void onReading(Between next) {
        between = next;
    }

    /** The text is fetched first, and given when what lies in between is over: it may be out of date by then. */
    String read(String id) throws Exception {
        readings.incrementAndGet();
        var text = texts.getOrDefault(id, "none");
        between.reading(id);
        return text;
    }

    /** Later texts are greater where a test compares them. */
    void write(String id, String text) {
        texts.merge(id, text, (old, now) -> isNumber(old) && isNumber(now) && old.compareTo(now) > 0 ? old : now);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && Character.isDigit(text.charAt(0));
    }

    int readings() {
        return readings.get();
    }
}
