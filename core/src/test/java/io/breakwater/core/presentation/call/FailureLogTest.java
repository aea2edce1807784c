package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.KeyValuePair;

/** What operators read of a call that failed. */
class FailureLogTest {
    private static final String TOOL = "failing_for_the_log";

    private final CapturedLog log = CapturedLog.of("io.breakwater");

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void anExpectedCauseIsOneLineWithoutAStackTrace() {
        call(new PortException.UnavailableException("An administrator ended the connection.", null, expected()));

        assertThat(linesOfTheCall()).singleElement().satisfies(line -> {
            assertThat(line.getLoggerName()).isEqualTo("io.breakwater.request");
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(line.getKeyValuePairs())
                    .contains(new KeyValuePair("reason", "An administrator ended the connection."));
        });
    }

    @Test
    void aFailureWithoutACauseTellsItsReason() {
        call(new PortException.UnavailableException("PostgreSQL cannot be reached.", null, null));

        assertThat(linesOfTheCall()).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getKeyValuePairs()).contains(new KeyValuePair("reason", "PostgreSQL cannot be reached."));
        });
    }

    @Test
    void aMistakeOfTheCallerIsNoWarning() {
        call(new PortException.RefusedException(
                PortException.RefusedException.Reason.INVALID, "There is no such column.", null));

        assertThat(linesOfTheCall()).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getKeyValuePairs()).contains(new KeyValuePair("outcome", "invalid_params"));
        });
    }

    @ParameterizedTest
    @MethodSource("failuresOfAnOutage")
    void callsThatFailDuringAKnownOutageAreNoWarnings(PortException failure) {
        call(failure, "database-of-the-failure-log");

        assertThat(linesOfTheCall()).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getKeyValuePairs()).contains(new KeyValuePair("reason", failure.getMessage()));
        });
    }

    private static List<PortException> failuresOfAnOutage() {
        return List.of(
                new PortException.UnavailableException("PostgreSQL cannot be reached.", null, null),
                new PortException.DeadlineExceededException("PostgreSQL did not answer in time.", null));
    }

    @Test
    void theOutageOfAServiceExplainsTheFailuresOfThisServiceOnly() {
        call(new PortException.UnavailableException("No instance of pay is available.", null, null), "service pay");
        assertThat(linesOfTheCall()).last().extracting(ILoggingEvent::getLevel).isEqualTo(Level.INFO);

        for (var other : List.of("PostgreSQL cannot be reached.", "No instance of pay-2 is available.")) {
            call(new PortException.UnavailableException(other, null, null), "service pay");
            assertThat(linesOfTheCall())
                    .last()
                    .extracting(ILoggingEvent::getLevel)
                    .as(other)
                    .isEqualTo(Level.WARN);
        }
    }

    @Test
    void anotherOutageDoesNotExplainTheFailureOfAServiceThatIsUp() {
        var up = Dependency.optional("service pay", scope -> {});
        var gone = Dependency.optional("database-that-is-gone", scope -> {
            throw new PortException.UnavailableException("It is away.", null, null);
        });
        var failure = new PortException.UnavailableException("The service pay responded with status 500.", null, null);
        try (var server = server(failure).dependency(up).dependency(gone).build()) {
            log.await("database-that-is-gone is down");
            ModernRequests.http(server, "{'roots':{}}").call(TOOL).awaitEnd();
        }
        assertThat(linesOfTheCall()).last().extracting(ILoggingEvent::getLevel).isEqualTo(Level.WARN);
    }

    @Test
    void anUnexpectedCauseHasItsStackTraceInTheLog() {
        call(new PortException.UnavailableException("The store is away.", null, new IllegalStateException("cause")));

        assertThat(linesOfTheCall()).anyMatch(line -> line.getThrowableProxy() != null);
    }

    private static Exception expected() {
        var expected = new IllegalStateException("57P01");
        expected.setStackTrace(new StackTraceElement[0]);
        return expected;
    }

    /** A call of a server that knows that a dependency of this name is down. */
    private void call(Exception thrown, String dependency) {
        var gone = Dependency.optional(dependency, scope -> {
            throw new PortException.UnavailableException("It is away.", null, null);
        });
        try (var server = server(thrown).dependency(gone).build()) {
            log.await(dependency + " is down");
            ModernRequests.http(server, "{'roots':{}}").call(TOOL).awaitEnd();
        }
    }

    private static BreakwaterBuilder server(Exception thrown) {
        return Breakwater.named("t").tool(SampleTools.saying(TOOL, call -> {
            throw thrown;
        }));
    }

    private static void call(Exception thrown) {
        try (var server = server(thrown).build()) {
            ModernRequests.http(server, "{'roots':{}}").call(TOOL).awaitEnd();
        }
    }

    /** The lines about the call; other tests may log at the same time. */
    private List<ILoggingEvent> linesOfTheCall() {
        return log.events().stream().filter(FailureLogTest::isOfTheCall).toList();
    }

    private static boolean isOfTheCall(ILoggingEvent line) {
        return line.getKeyValuePairs() != null && line.getKeyValuePairs().contains(new KeyValuePair("target", TOOL));
    }
}
