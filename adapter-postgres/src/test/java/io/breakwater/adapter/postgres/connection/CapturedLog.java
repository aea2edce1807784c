package io.breakwater.adapter.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What a class tells the operators. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Duration PATIENCE = Eventually.LIMIT;

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger logger;

    private CapturedLog(Logger logger) {
        this.logger = logger;
    }

    /** From now on, until it is closed. */
    public static CapturedLog by(Class<?> speaker) {
        var said = by(speaker.getName());
        said.logger.setLevel(Level.INFO);
        return said;
    }

    /** Warnings of all classes of a package. */
    public static CapturedLog by(String speakers) {
        var said = new CapturedLog((Logger) LoggerFactory.getLogger(speakers));
        said.start();
        said.logger.addAppender(said);
        return said;
    }

    /** The first line with these words, which may be yet to come. */
    public String await(String words) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var line = first(words);
        while (line.isEmpty()) {
            assertThat(System.nanoTime()).as("waiting for: %s", words).isLessThan(end);
            Thread.onSpinWait();
            line = first(words);
        }
        return line.get();
    }

    /** How many lines with these words there were so far. */
    public long count(String words) {
        return lines.stream().filter(line -> line.contains(words)).count();
    }

    private Optional<String> first(String words) {
        return lines.stream().filter(line -> line.contains(words)).findFirst();
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(null);
    }
}
