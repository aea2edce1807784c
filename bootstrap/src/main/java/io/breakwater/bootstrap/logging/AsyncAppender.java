package io.breakwater.bootstrap.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Passes lines to one thread that writes them, so that logging never blocks: neither an event loop on a slow disk, nor
 * a stdio server on a client that does not read its standard error. When the queue is full, a line is dropped and
 * counted; the count is logged when the queue is empty.
 */
@OutageBehavior(
        guard = "log",
        dependency = GuardDependency.LOG_OUTPUT,
        failure = "not read, or slow",
        effect = OutageEffect.DEGRADE,
        behavior = "No call waits for a log line. Lines that do not fit into the queue of 4,096 are dropped.",
        recovery = "A line tells how many were dropped.",
        signal = "log line `Dropped … log lines`",
        details = "health.md#log-lines")
final class AsyncAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final int LINES = 4_096;
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final ILoggingEvent END = new LoggingEvent();

    private final BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(LINES);
    private final AtomicLong lost = new AtomicLong();
    private final List<Appender<ILoggingEvent>> targets;
    private final Logger logger;
    private final Thread writer = new Thread(this::write, "breakwater-log");

    /**
     * Creates an appender that writes to all targets.
     *
     * @param logger the logger that reports dropped lines
     */
    AsyncAppender(List<Appender<ILoggingEvent>> targets, Logger logger) {
        this.targets = List.copyOf(targets);
        this.logger = logger;
        writer.setDaemon(true);
    }

    @Override
    public void start() {
        super.start();
        writer.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        if (!queue.offer(event)) {
            lost.incrementAndGet();
        }
    }

    private void write() {
        try {
            for (var event = next(); !event.equals(END); event = next()) {
                write(event);
            }
            logDropped();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private ILoggingEvent next() throws InterruptedException {
        @Nullable ILoggingEvent waiting = queue.poll();
        if (waiting != null) {
            return waiting;
        }
        logDropped();
        return queue.take();
    }

    private void logDropped() {
        long lines = lost.getAndSet(0);
        if (lines > 0) {
            write(loss(lines));
        }
    }

    private void write(ILoggingEvent event) {
        targets.forEach(target -> target.doAppend(event));
    }

    private LoggingEvent loss(long lines) {
        var message = "Dropped {} log lines, because they arrived faster than they could be written";
        return new LoggingEvent(AsyncAppender.class.getName(), logger, Level.WARN, message, null, new Object[] {lines});
    }

    /** Waits a moment for the queued lines, but not for a writer that is blocked. */
    @Override
    public void stop() {
        super.stop();
        try {
            boolean queued = queue.offer(END, FLUSH.toMillis(), TimeUnit.MILLISECONDS);
            if (queued && writer.join(FLUSH)) {
                targets.forEach(Appender::stop);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
