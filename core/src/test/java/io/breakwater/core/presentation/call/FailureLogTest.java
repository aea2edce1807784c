package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.breakwater.core.Breakwater;
import io.breakwater.core.presentation.protocol.ModernTalk;
import io.breakwater.core.presentation.protocol.Tools;
import io.breakwater.port.Failure;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** What operators read of a call that failed. */
class FailureLogTest {
    private static final String TOOL = "failing_for_the_log";

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.breakwater");
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void anExpectedCauseIsOneLineWithoutAStackTrace() {
        call(new Failure.Unavailable("An administrator ended the connection.", null, expected()));

        assertThat(lines.ofTheCall()).singleElement().satisfies(line -> {
            assertThat(line.getLoggerName()).isEqualTo("io.breakwater.request");
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(line.getKeyValuePairs())
                    .contains(new KeyValuePair("reason", "An administrator ended the connection."));
        });
    }

    @Test
    void anUnexpectedCauseHasItsStackTraceInTheLog() {
        call(new Failure.Unavailable("The store is away.", null, new IllegalStateException("cause")));

        assertThat(lines.ofTheCall()).anyMatch(line -> line.getThrowableProxy() != null);
    }

    private static Exception expected() {
        var expected = new IllegalStateException("57P01");
        expected.setStackTrace(new StackTraceElement[0]);
        return expected;
    }

    private static void call(Exception thrown) {
        var tool = Tools.saying(TOOL, call -> {
            throw thrown;
        });
        try (var server = Breakwater.named("t").tool(tool).build()) {
            ModernTalk.http(server, "{'roots':{}}").call(TOOL).awaitEnd();
        }
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final Queue<ILoggingEvent> all = new ConcurrentLinkedQueue<>();

        /** Other tests may log at the same time. */
        List<ILoggingEvent> ofTheCall() {
            return all.stream().filter(Lines::isOfTheCall).toList();
        }

        private static boolean isOfTheCall(ILoggingEvent line) {
            return line.getKeyValuePairs() != null
                    && line.getKeyValuePairs().contains(new KeyValuePair("target", TOOL));
        }

        @Override
        protected void append(ILoggingEvent event) {
            all.add(event);
        }
    }
}
