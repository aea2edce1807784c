package io.breakwater.server.mcp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The severity of a log message to the client, as in RFC 5424 section 6.2.1, the least severe first. */
public enum LogLevel {
    /** A detail for debugging. */
    DEBUG,
    /** A normal event. */
    INFO,
    /** A normal but significant event. */
    NOTICE,
    /** A condition that may become an error. */
    WARNING,
    /** An operation failed. */
    ERROR,
    /** A component failed. */
    CRITICAL,
    /** Immediate action is required. */
    ALERT,
    /** The system is unusable. */
    EMERGENCY;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the name in lower case, as MCP defines it. */
    public String wireName() {
        return wireName;
    }

    /** Returns the level with this MCP name, or empty if there is none. */
    public static Optional<LogLevel> of(String wire) {
        for (var level : values()) {
            if (level.wireName.equals(wire)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /** Returns the MCP names of all levels, separated by commas, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(LogLevel::wireName).collect(Collectors.joining(", "));
    }
}
