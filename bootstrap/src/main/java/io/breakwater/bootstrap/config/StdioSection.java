package io.breakwater.bootstrap.config;

import io.breakwater.adapter.stdio.StdioSettings;
import java.time.Duration;

/** How {@link StdioSettings} are written in a configuration. */
final class StdioSection {
    private static final StdioSettings STANDARD = StdioSettings.defaults();

    private static final Setting<Long> MAX_LINE = Setting.size("max-line", 1_024, 1 << 30)
            .byDefault((long) STANDARD.maxLine())
            .alsoFrom(BreakwaterSettings.MAX_REQUEST_SIZE)
            .means("The longest message, without its line end.");

    private static final Setting<Long> MAX_UNREAD = Setting.size("max-unread", 1_024, 1 << 30)
            .byDefault((long) STANDARD.maxUnread())
            .means("How much may wait for a client that does not read; above it nothing further is read from it.");

    private static final Setting<Duration> LAST_WORDS = Setting.duration(
                    "last-words", Duration.ZERO, Duration.ofMinutes(1))
            .byDefault(STANDARD.drainTimeout())
            .means("How long calls that are at work when the input ends may still take to answer.");

    private StdioSection() {}

    static StdioSettings read(SectionReader stdio) {
        return new StdioSettings(
                Math.toIntExact(stdio.get(MAX_LINE)), Math.toIntExact(stdio.get(MAX_UNREAD)), stdio.get(LAST_WORDS));
    }
}
