package io.breakwater.sample.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.breakwater.sample.waiting.Eventually;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** The lines that a logger and the loggers below it write, until this log is closed. Thread-safe. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
    private final Logger source;
    private volatile Consumer<ILoggingEvent> listener = event -> {};

    private CapturedLog(Logger source, Level level) {
        this.source = source;
        source.setLevel(level);
    }

    /** Captures the lines of a class from level INFO. */
    public static CapturedLog of(Class<?> source) {
        return of(source.getName());
    }

    /** Captures the lines of a class from level DEBUG. */
    public static CapturedLog ofDetails(Class<?> source) {
        return capture(source.getName(), Level.DEBUG);
    }

    /** Captures the lines of a logger from level INFO. */
    public static CapturedLog of(String logger) {
        return capture(logger, Level.INFO);
    }

    /** Captures the warnings and errors of a logger. */
    public static CapturedLog ofWarnings(String logger) {
        return capture(logger, Level.WARN);
    }

    private static CapturedLog capture(String logger, Level level) {
        var log = new CapturedLog((Logger) LoggerFactory.getLogger(logger), level);
        log.start();
        log.source.addAppender(log);
        return log;
    }

    /** Calls the listener with each further line, on the thread that logs it. */
    public void onLine(Consumer<ILoggingEvent> listener) {
        this.listener = listener;
    }

    /** The lines so far. */
    public List<ILoggingEvent> events() {
        return List.copyOf(events);
    }

    /** The messages so far, without their levels. */
    public List<String> messages() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** The levels and messages so far, such as {@code "WARN The store is down."}. */
    public List<String> lines() {
        return events.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    /** The messages of the warnings and errors so far. */
    public List<String> warnings() {
        return events.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** The number of messages so far that contain these words. */
    public long count(String words) {
        return messages().stream().filter(message -> message.contains(words)).count();
    }

    /** Waits for a message that contains these words, and returns the first one. */
    public String await(String words) {
        Eventually.holds(() -> count(words) > 0, () -> "No line contains \"" + words + "\" in " + lines());
        return messages().stream()
                .filter(message -> message.contains(words))
                .findFirst()
                .orElseThrow();
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        events.add(event);
        listener.accept(event);
    }

    /** Stops to capture lines; the logger has the level of its parent again. */
    @Override
    public void close() {
        source.detachAppender(this);
        source.setLevel(null);
    }
}
