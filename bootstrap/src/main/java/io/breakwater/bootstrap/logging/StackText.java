package io.breakwater.bootstrap.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import io.breakwater.bootstrap.console.Sanitizer;
import org.jspecify.annotations.Nullable;

/**
 * Formats an exception as text of a limited length. Its messages are escaped, since a line break in one could look like
 * a new log line.
 */
final class StackText {
    private static final int MAX_LENGTH = 32_768;

    private final StringBuilder out = new StringBuilder();

    private StackText() {}

    static String of(IThrowableProxy thrown) {
        var text = new StackText();
        text.append("", "", thrown);
        return text.out.toString();
    }

    private void append(String indent, String caption, IThrowableProxy thrown) {
        if (out.length() > MAX_LENGTH) {
            return;
        }
        line(indent).append(caption).append(thrown.getClassName()).append(message(thrown.getMessage()));
        if (thrown.isCyclic()) {
            return;
        }
        frames(indent, thrown);
        for (var suppressed : thrown.getSuppressed()) {
            append(indent + "\t", "Suppressed: ", suppressed);
        }
        if (thrown.getCause() != null) {
            append(indent, "Caused by: ", thrown.getCause());
        }
    }

    private void frames(String indent, IThrowableProxy thrown) {
        var frames = thrown.getStackTraceElementProxyArray();
        int own = frames.length - thrown.getCommonFrames();
        for (int i = 0; i < own && out.length() < MAX_LENGTH; i++) {
            line(indent).append("\tat ").append(frames[i].getStackTraceElement());
        }
    }

    private StringBuilder line(String indent) {
        return (out.isEmpty() ? out : out.append('\n')).append(indent);
    }

    private static String message(@Nullable String message) {
        return message == null ? "" : ": " + Sanitizer.line(message);
    }
}
