package io.breakwater.adapter.stdio;

import static io.breakwater.port.support.SettingChecks.atLeast;
import static io.breakwater.port.support.SettingChecks.notNegative;

import java.time.Duration;

/**
 * The limits of a stdio connection.
 *
 * @param maxLine the longest message in bytes, without its line end; a longer one is dropped and answered with an error
 * @param maxUnread the number of bytes that may wait for a client that does not read; above it the server reads no
 *     further message and drops notifications
 * @param drainTimeout how long calls that still run when the input ends may take to answer
 */
public record StdioSettings(int maxLine, int maxUnread, Duration drainTimeout) {
    /** The default for the longest message: 1 MiB. */
    public static final int MAX_LINE = 1 << 20;
    /** The default for the bytes that may wait to be read: 1 MiB. */
    public static final int MAX_UNREAD = 1 << 20;
    /** The default for the drain timeout; clients give a server about two seconds to end. */
    public static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(1);

    private static final int MIN_BYTES = 1024;

    /** Refuses limits that are too small for any message. */
    public StdioSettings {
        atLeast(MIN_BYTES, maxLine, "StdioSettings.maxLine");
        atLeast(MIN_BYTES, maxUnread, "StdioSettings.maxUnread");
        notNegative(drainTimeout, "StdioSettings.drainTimeout");
    }

    /** The defaults. */
    public static StdioSettings defaults() {
        return new StdioSettings(MAX_LINE, MAX_UNREAD, DRAIN_TIMEOUT);
    }
}
