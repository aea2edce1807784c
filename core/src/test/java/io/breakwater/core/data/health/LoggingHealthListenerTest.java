package io.breakwater.core.data.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.health.CheckReport;
import io.breakwater.core.business.health.CheckReport.State;
import io.breakwater.port.PortException;
import io.breakwater.sample.logging.CapturedLog;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingHealthListenerTest {
    private static final String NAME = "dependency-of-the-log-test";

    private final CapturedLog log = CapturedLog.of(LoggingHealthListener.class);
    private final LoggingHealthListener changes = new LoggingHealthListener();

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void aSecondReasonOfAStartIsAWarning() {
        changes.changed(report(State.UNKNOWN, null), down("It is slow."), null);
        changes.changed(down("It is slow."), down("The password is wrong."), null);

        assertThat(told())
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

        assertThat(told())
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

        assertThat(told()).hasSize(2).allMatch(line -> line.startsWith("INFO "));
    }

    /** The message of such a failure says everything, and a full disk is no bug. */
    @Test
    void anErrorOfAFileOrAConnectionHasNoStackTrace() {
        var full = new IOException("No space left on device");
        changes.changed(
                report(State.UP, null),
                down("It is full."),
                new PortException.UnavailableException("It is full.", null, full));
        changes.changed(
                report(State.UP, null),
                down("It failed."),
                new PortException.UnavailableException("It failed.", null, new IllegalStateException("a bug")));

        assertThat(log.events().stream()
                        .filter(line -> line.getFormattedMessage().startsWith(NAME))
                        .map(line -> line.getThrowableProxy() != null))
                .containsExactly(false, true);
    }

    private static CheckReport down(String reason) {
        return report(State.DOWN, reason);
    }

    private static CheckReport report(State state, @Nullable String reason) {
        return new CheckReport(NAME, false, state, null, null, null, reason);
    }

    /** The lines about this dependency; other tests may log at the same time. */
    private List<String> told() {
        return log.lines().stream().filter(line -> line.contains(" " + NAME)).toList();
    }
}
