package io.breakwater.core.data.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.breakwater.core.business.health.CheckReport;
import io.breakwater.core.business.health.CheckReport.State;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingHealthListenerTest {
    private static final String NAME = "dependency-of-the-log-test";

    private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingHealthListener.class);
    private final Lines lines = new Lines();
    private final LoggingHealthListener changes = new LoggingHealthListener();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void aSecondReasonOfAStartIsAWarning() {
        changes.changed(report(State.UNKNOWN, null), down("It is slow."), null);
        changes.changed(down("It is slow."), down("The password is wrong."), null);

        assertThat(lines.told())
                .containsExactly(
                        "WARN " + NAME + " is down: It is slow.",
                        "WARN " + NAME + " is still down, for another reason: The password is wrong.");
    }

    @Test
    void anOutageIsOneWarningWhateverFurtherReasonsItHas() {
        changes.changed(report(State.UP, null), down("It is slow."), null);
        changes.changed(down("It is slow."), down("It is gone."), null);
        changes.changed(down("It is gone."), down("It is slow."), null);
        changes.changed(down("It is slow."), report(State.UP, null), null);

        assertThat(lines.told())
                .containsExactly(
                        "WARN " + NAME + " is down: It is slow.",
                        "INFO " + NAME + " is still down, for another reason: It is gone.",
                        "INFO " + NAME + " is up.");
    }

    @Test
    void aDependencyThatAnotherOneTellsOfIsNoWarningAtAll() {
        var quiet = new LoggingHealthListener(Set.of(NAME));
        quiet.changed(report(State.UNKNOWN, null), down("It is slow."), null);
        quiet.changed(down("It is slow."), down("It is gone."), null);

        assertThat(lines.told()).hasSize(2).allMatch(line -> line.startsWith("INFO "));
    }

    private static CheckReport down(String reason) {
        return report(State.DOWN, reason);
    }

    private static CheckReport report(State state, @Nullable String reason) {
        return new CheckReport(NAME, false, state, null, null, null, reason);
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final Queue<ILoggingEvent> all = new ConcurrentLinkedQueue<>();

        /** Other tests may log at the same time. */
        List<String> told() {
            return all.stream()
                    .filter(line -> line.getFormattedMessage().startsWith(NAME))
                    .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                    .toList();
        }

        @Override
        protected void append(ILoggingEvent event) {
            all.add(event);
        }
    }
}
