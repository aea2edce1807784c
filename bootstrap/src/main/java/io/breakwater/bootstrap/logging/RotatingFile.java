package io.breakwater.bootstrap.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import io.breakwater.port.PortException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A log file that is renamed to {@code name.1} when it is full; the older files are renamed too, and the oldest is
 * deleted.
 */
final class RotatingFile {
    private static final int MAX_OLD_FILES = 5;
    private static final long MAX_BYTES = 10 * FileSize.MB_COEFFICIENT;

    private RotatingFile() {}

    /**
     * Opens a file.
     *
     * @param setting the setting that names it, such as {@code log.file}
     * @throws PortException.RefusedException when it cannot be written
     */
    static MonitoredLogFile at(String setting, Path file, LoggerContext context, Encoder<ILoggingEvent> encoder) {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null && Files.notExists(folder)) {
            throw new PortException.RefusedException(
                    "The log file " + file
                            + " cannot be written: its folder does not exist. Create the folder, or change " + setting
                            + ".",
                    null);
        }
        var appender = new MonitoredLogFile(setting, file);
        appender.setName(file.toString());
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.setTriggeringPolicy(triggeringPolicy(context));
        appender.setRollingPolicy(rollingPolicy(file, context, appender));
        appender.start();
        if (!appender.isStarted()) {
            throw new PortException.RefusedException(
                    "The log file " + file + " cannot be written; check its folder and permissions.", null);
        }
        return appender;
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> triggeringPolicy(LoggerContext context) {
        var policy = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        policy.setContext(context);
        policy.setMaxFileSize(new FileSize(MAX_BYTES));
        policy.setCheckIncrement(Duration.buildByMilliseconds(0));
        policy.start();
        return policy;
    }

    private static FixedWindowRollingPolicy rollingPolicy(
            Path file, LoggerContext context, RollingFileAppender<ILoggingEvent> appender) {
        var policy = new FixedWindowRollingPolicy();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(file.toString().replace("%", "\\%") + ".%i");
        policy.setMinIndex(1);
        policy.setMaxIndex(MAX_OLD_FILES);
        policy.start();
        return policy;
    }
}
