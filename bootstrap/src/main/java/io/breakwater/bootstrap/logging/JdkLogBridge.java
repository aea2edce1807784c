package io.breakwater.bootstrap.logging;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Forwards the log lines of the JDK and others that use {@link System.Logger} to SLF4J, without starting
 * {@code java.util.logging}. The JDK finds this class as a service.
 */
public final class JdkLogBridge extends System.LoggerFinder {

    /** Called by the service loader. */
    public JdkLogBridge() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Bridge(LoggerFactory.getLogger(name));
    }

    private record Bridge(org.slf4j.Logger target) implements System.Logger {

        @Override
        public String getName() {
            return target.getName();
        }

        @Override
        public boolean isLoggable(Level level) {
            return switch (level) {
                case ALL -> true;
                case OFF -> false;
                default -> target.isEnabledForLevel(severity(level));
            };
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                target.atLevel(severity(level)).setCause(thrown).log(String.valueOf(message));
            }
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... params) {
            if (isLoggable(level)) {
                target.atLevel(severity(level)).log(text(String.valueOf(format), params));
            }
        }

        private static String text(String format, @Nullable Object @Nullable [] params) {
            try {
                return params == null || params.length == 0 ? format : MessageFormat.format(format, params);
            } catch (IllegalArgumentException notAFormat) {
                return format;
            }
        }

        private static org.slf4j.event.Level severity(Level level) {
            return switch (level) {
                case ERROR, OFF -> org.slf4j.event.Level.ERROR;
                case WARNING -> org.slf4j.event.Level.WARN;
                case INFO -> org.slf4j.event.Level.INFO;
                case DEBUG -> org.slf4j.event.Level.DEBUG;
                case TRACE, ALL -> org.slf4j.event.Level.TRACE;
            };
        }
    }
}
