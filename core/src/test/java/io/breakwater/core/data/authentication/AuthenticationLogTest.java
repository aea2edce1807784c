package io.breakwater.core.data.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.authentication.FailureReason;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthenticationLogTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CapturedLog log = CapturedLog.of("io.breakwater.authentication");
    private final ManualExecutors executors = new ManualExecutors();
    private final AuthenticationLog failures = new AuthenticationLog(executors);

    @AfterEach
    void stop() {
        log.close();
    }

    private void fail(FailureReason reason, String address, int times) {
        for (int i = 0; i < times; i++) {
            failures.failed(reason, address, "The audience is another.");
        }
    }

    @Test
    void theFirstFailureIsAWarningAtOnceAndTheOthersAreCountedInTheNext() {
        fail(FailureReason.REJECTED_TOKEN, "192.0.2.1", 38);
        assertThat(log.lines())
                .containsExactly("WARN A request from 192.0.2.1 was not authenticated: rejected_token. The audience is"
                        + " another.");

        executors.pass(MINUTE);
        assertThat(log.warnings())
                .hasSize(2)
                .last()
                .isEqualTo(
                        "37 requests from 192.0.2.1 were not authenticated: rejected_token. The audience is another.");
    }

    @Test
    void thereIsAtMostOneWarningInAMinuteForEachReason() {
        for (int second = 0; second < 600; second++) {
            fail(FailureReason.WRONG_SECRET, "192.0.2.1", 10);
            fail(FailureReason.INVALID_TOKEN, "192.0.2.1", 10);
            executors.pass(Duration.ofSeconds(1));
        }

        assertThat(log.warnings().size()).isBetween(10, 22);
    }

    @Test
    void anotherExplanationAndAnotherNetworkAreNotHidden() {
        failures.failed(FailureReason.UNAVAILABLE, "192.0.2.1", "The keys of the issuer a are not available.");
        failures.failed(FailureReason.UNAVAILABLE, "192.0.2.1", "The keys of the issuer b are not available.");
        failures.failed(FailureReason.UNAVAILABLE, "192.0.2.2", "The keys of the issuer b are not available.");
        failures.failed(FailureReason.UNAVAILABLE, "192.0.2.2", "The keys of the issuer b are not available.");

        assertThat(log.warnings())
                .containsExactly(
                        "A request from 192.0.2.1 was not authenticated: unavailable. The keys of the issuer a are not"
                                + " available.",
                        "A request from 192.0.2.1 was not authenticated: unavailable. The keys of the issuer b are not"
                                + " available.",
                        "A request from 192.0.2.2 was not authenticated: unavailable. The keys of the issuer b are not"
                                + " available.");
    }

    @Test
    void aFloodOfExplanationsAndNetworksIsAFewLinesInAMinute() {
        for (int i = 0; i < 100_000; i++) {
            failures.failed(
                    FailureReason.REJECTED_TOKEN, "10.0." + (i >> 8 & 255) + "." + (i & 255), "The audience " + i);
        }
        executors.pass(MINUTE);
        failures.failed(FailureReason.UNKNOWN_KEY, "192.0.2.1", "");

        assertThat(log.warnings()).hasSize(23).anyMatch(line -> line.startsWith("99979 requests were not"));
        assertThat(log.warnings().getLast()).startsWith("A request from 192.0.2.1 was not authenticated: unknown_key");
    }

    @Test
    void oneLineInAMinuteNamesTheNetworksThatFailMost() {
        fail(FailureReason.MISSING, "192.0.2.1", 2);
        fail(FailureReason.MISSING, "2001:db8::1", 3);
        fail(FailureReason.MISSING, "2001:db8::2", 3);
        executors.pass(MINUTE);
        executors.pass(MINUTE);

        assertThat(log.lines())
                .containsExactly("INFO Requests that were not authenticated since the last such line, by network:"
                        + " 2001:db8:0:0::/64 (6), 192.0.2.1 (2)");
    }

    @Test
    void manyNetworksAreOneShortLine() {
        for (int i = 0; i < 100_000; i++) {
            fail(FailureReason.MISSING, "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 1);
        }
        executors.pass(MINUTE);

        assertThat(log.lines())
                .hasSize(1)
                .first()
                .asString()
                .hasSizeLessThan(400)
                .endsWith("others (99990)");
    }

    @Test
    void aDetailCannotForgeALine() {
        failures.failed(FailureReason.REJECTED_TOKEN, "192.0.2.1", "one\ntwo\u001b[31m" + "x".repeat(10_000));

        assertThat(log.lines())
                .hasSize(1)
                .first()
                .asString()
                .doesNotContain("\n")
                .hasSizeLessThan(400);
    }
}
