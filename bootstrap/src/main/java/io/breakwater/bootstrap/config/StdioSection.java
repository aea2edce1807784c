package io.breakwater.bootstrap.config;

import io.breakwater.adapter.stdio.StdioSettings;
import java.time.Duration;

/** Reads {@link StdioSettings} from a configuration. */
final class StdioSection {
    private static final StdioSettings STANDARD = StdioSettings.defaults();

    private static final Setting<Long> MAX_LINE = Setting.size("max-line", 1_024, 1 << 30)
            .byDefault((long) STANDARD.maxLine())
            .alsoFrom(BreakwaterSettings.MAX_REQUEST_SIZE)
            .description("The maximum length of a message, without its line end.");

    private static final Setting<Long> MAX_UNREAD = Setting.size("max-unread", 1_024, 1 << 30)
            .byDefault((long) STANDARD.maxUnread())
            .description("The maximum size of output that waits for a client that does not read; above it, the server"
                    + " stops reading from the client.");

    private static final Setting<Duration> LAST_WORDS = Setting.duration(
                    "drain-timeout", Duration.ZERO, Duration.ofMinutes(1))
            .byDefault(STANDARD.drainTimeout())
            .description("How long calls that still run when the input ends may take to answer.");

    private StdioSection() {}

    static StdioSettings read(SectionReader stdio) {
        return new StdioSettings(
                Math.toIntExact(stdio.get(MAX_LINE)), Math.toIntExact(stdio.get(MAX_UNREAD)), stdio.get(LAST_WORDS));
    }
}
