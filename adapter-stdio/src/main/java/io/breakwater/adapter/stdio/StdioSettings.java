package io.breakwater.adapter.stdio;

import java.time.Duration;

/**
 * How much a stdio connection may hold.
 *
 * @param maxLine the longest message in bytes, without its line end; a longer one is dropped and answered with an
 *     error
 * @param maxUnread how many bytes may wait for a client that does not read; above it no further message is read, and
 *     notifications are refused
 * @param drainTimeout how long calls that are still at work when the input ends may take to answer
 */
public record StdioSettings(int maxLine, int maxUnread, Duration drainTimeout) {
    /** The longest message: 1 MiB. */
    public static final int MAX_LINE = 1 << 20;
    /** The most that may wait to be read: 1 MiB. */
    public static final int MAX_UNREAD = 1 << 20;
    /** Well within the two seconds a client gives a server to end. */
    public static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private static final int LEAST = 1024;

    /** Refuses bounds that no message fits. */
    public StdioSettings {
        atLeast(LEAST, maxLine, "maxLine");
        atLeast(LEAST, maxUnread, "maxUnread");
        if (drainTimeout.isNegative()) {
            throw new IllegalArgumentException("drainTimeout is " + drainTimeout + "; it must not be negative");
        }
    }

    /** What suits most servers. */
    public static StdioSettings defaults() {
        return new StdioSettings(MAX_LINE, MAX_UNREAD, LAST_WORDS);
    }

    private static void atLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + " bytes; it must be at least " + least);
        }
    }
}
