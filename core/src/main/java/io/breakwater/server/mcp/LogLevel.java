package io.breakwater.server.mcp;

import java.util.Locale;
import java.util.Optional;

/** Severity of a message to the client, as in RFC 5424 section 6.2.1, the least severe first. */
public enum LogLevel {
    /** Detail for debugging. */
    DEBUG,
    /** What happens normally. */
    INFO,
    /** Normal but worth noting. */
    NOTICE,
    /** Might become an error. */
    WARNING,
    /** Something failed. */
    ERROR,
    /** A component failed. */
    CRITICAL,
    /** Somebody must act now. */
    ALERT,
    /** Nothing works. */
    EMERGENCY;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** As MCP writes it: lower case. */
    public String wire() {
        return wire;
    }

    /** The level of that MCP name; empty for any other text. */
    public static Optional<LogLevel> of(String wire) {
        for (var level : values()) {
            if (level.wire.equals(wire)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
