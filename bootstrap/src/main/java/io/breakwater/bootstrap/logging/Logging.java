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
 * The log of this process. Begins with {@link #begin} as soon as the settings are known, and ends with {@link #close},
 * which writes what is still waiting. What Vert.x, Netty and the JDK say arrives here too, one level quieter than our
 * own lines.
 */
public final class Logging implements AutoCloseable {
    private static final String OURS = "io.breakwater";

    /** Warns with a whole stack trace at each try to reach a server that is down; our adapter says so once. */
    private static final String JEDIS = "redis.clients.jedis";

    private final LoggerContext context;
    private final List<Dependency> files = new ArrayList<>();

    private Logging(LoggerContext context) {
        this.context = context;
    }

    /**
     * Begins to log as the settings say.
     *
     * @param err where the lines go first: the standard error of the process
     * @param terminal decides between text and JSON, and whether there is colour
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
                .addAppender(logging.started(new AsyncAppender(targets, context.getLogger(OURS))));
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
            List<Appender<ILoggingEvent>> targets, String setting, @Nullable Path file, @Nullable Level only) {
        if (file == null) {
            return;
        }
        var appender = RotatingFile.at(setting, file, context, started(new JsonLineEncoder()));
        files.add(appender.dependency());
        if (only == null) {
            appender.doAppend(beginning()); // shows whether it can be written before a health check asks
        } else {
            var filter = new ThresholdFilter();
            filter.setLevel(only.toString());
            appender.addFilter(started(filter));
        }
        targets.add(appender);
    }

    private LoggingEvent beginning() {
        var logger = context.getLogger(Logging.class);
        return new LoggingEvent(Logging.class.getName(), logger, Level.INFO, "The log begins", null, null);
    }

    private <T extends LifeCycle & ContextAware> T started(T part) {
        part.setContext(context);
        part.start();
        return part;
    }

    /** The log files, for the health report: one that cannot be written is told there, and once on standard error. */
    public List<Dependency> dependencies() {
        return List.copyOf(files);
    }

    /** Changes which lines are logged, from the next one on. */
    public void level(LogSettings.Level level) {
        var ours = Level.toLevel(level.name());
        context.getLogger(OURS).setLevel(ours);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(quieter(level));
        context.getLogger(JEDIS).setLevel(quieter(level) == Level.WARN ? Level.ERROR : quieter(level));
    }

    private static Level quieter(LogSettings.Level level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN, INFO -> Level.WARN;
            case DEBUG -> Level.INFO;
            case TRACE -> Level.DEBUG;
        };
    }

    /** Writes what is waiting, for at most a second, and logs no more. */
    @Override
    public void close() {
        context.reset();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    }
}
