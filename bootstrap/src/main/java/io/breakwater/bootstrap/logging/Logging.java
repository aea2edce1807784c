package io.breakwater.bootstrap.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAware;
import ch.qos.logback.core.spi.LifeCycle;
import io.breakwater.bootstrap.config.LogSettings;
import io.breakwater.bootstrap.console.Terminal;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The log of this process. {@link #begin} starts it as soon as the settings are known, and {@link #close} writes the
 * queued lines and ends it. It also contains the lines of Vert.x, Netty, JDBC and the JDK, with a threshold one level
 * higher than for the server's own lines.
 */
public final class Logging implements AutoCloseable {
    private static final String PRODUCT_LOGGER = "io.breakwater";

    /**
     * Logs a warning with a stack trace at each attempt to reach a server that is down; the Redis adapter logs it once.
     */
    private static final String JEDIS = "redis.clients.jedis";

    private final LoggerContext context;
    private final List<Dependency> files = new ArrayList<>();

    private Logging(LoggerContext context) {
        this.context = context;
    }

    /**
     * Starts to log with these settings.
     *
     * @param err the standard error of the process, which gets all lines
     * @param terminal selects text or JSON, and whether to print colours
     * @throws PortException.RefusedException when a log file cannot be written
     */
    public static Logging begin(LogSettings settings, OutputStream err, Terminal terminal) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var logging = new Logging(context);
        var targets = new ArrayList<Appender<ILoggingEvent>>();
        targets.add(logging.toStream(err, logging.encoder(settings.format(), terminal)));
        logging.addFile(targets, "log.file", settings.file(), null);
        logging.addFile(targets, "log.errors-file", settings.errorsFile(), Level.ERROR);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .addAppender(logging.started(new AsyncAppender(targets, context.getLogger(PRODUCT_LOGGER))));
        logging.level(settings.level());
        return logging;
    }

    private Encoder<ILoggingEvent> encoder(LogSettings.Format format, Terminal terminal) {
        boolean text = switch (format) {
            case TEXT -> true;
            case JSON -> false;
            case AUTO -> terminal.interactive();
        };
        return started(text ? new TextEncoder(ZoneId.systemDefault(), terminal.coloured()) : new JsonLineEncoder());
    }

    private Appender<ILoggingEvent> toStream(OutputStream err, Encoder<ILoggingEvent> encoder) {
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setName("stderr");
        appender.setEncoder(encoder);
        appender.setContext(context);
        appender.setOutputStream(new UncloseableStream(err));
        return started(appender);
    }

    private void addFile(
            List<Appender<ILoggingEvent>> targets, String setting, @Nullable Path file, @Nullable Level threshold) {
        if (file == null) {
            return;
        }
        var appender = RotatingFile.at(setting, file, context, started(new JsonLineEncoder()));
        files.add(appender.dependency());
        if (threshold == null) {
            appender.doAppend(firstLine()); // finds out whether it can be written before a health check runs
        } else {
            var filter = new ThresholdFilter();
            filter.setLevel(threshold.toString());
            appender.addFilter(started(filter));
        }
        targets.add(appender);
    }

    private LoggingEvent firstLine() {
        var logger = context.getLogger(Logging.class);
        return new LoggingEvent(Logging.class.getName(), logger, Level.INFO, "Started logging", null, null);
    }

    private <T extends LifeCycle & ContextAware> T started(T part) {
        part.setContext(context);
        part.start();
        return part;
    }

    /**
     * Returns the log files for the health report, which reports a file that cannot be written; standard error reports
     * it once.
     */
    public List<Dependency> dependencies() {
        return List.copyOf(files);
    }

    /** Changes the level, for all lines from now on. */
    public void level(LogSettings.Level level) {
        var productLevel = Level.toLevel(level.name());
        context.getLogger(PRODUCT_LOGGER).setLevel(productLevel);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(thirdPartyLevel(level));
        context.getLogger(JEDIS).setLevel(thirdPartyLevel(level) == Level.WARN ? Level.ERROR : thirdPartyLevel(level));
    }

    private static Level thirdPartyLevel(LogSettings.Level level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN, INFO -> Level.WARN;
            case DEBUG -> Level.INFO;
            case TRACE -> Level.DEBUG;
        };
    }

    /** Writes the queued lines, for at most a second, and stops logging. */
    @Override
    public void close() {
        context.reset();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    }
}
