package io.breakwater.adapter.postgres.database;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What a class tells the operators. */
final class Said extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger logger;

    private Said(Logger logger) {
        this.logger = logger;
    }

    static Said by(Class<?> speaker) {
        var said = new Said((Logger) LoggerFactory.getLogger(speaker));
        said.start();
        said.logger.addAppender(said);
        return said;
    }

    boolean contains(String words) {
        return lines.stream().anyMatch(line -> line.contains(words));
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
