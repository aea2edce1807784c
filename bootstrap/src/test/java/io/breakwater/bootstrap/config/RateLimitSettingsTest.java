package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.RateLimit;
import io.breakwater.server.settings.RateLimitSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitSettingsTest {
    private static final String RATES =
            "a rate such as 100/min, 5/s, 1000/h or 5000/d, a number of calls in a minute, or off for no limit; at most"
                    + " 1000000/s";

    @TempDir
    Path directory;

    private ConfigFolder folder;

    @BeforeEach
    void emptyFolder() {
        folder = new ConfigFolder(directory);
    }

    private RateLimitSettings read() {
        return folder.load().settings().rateLimits();
    }

    @ParameterizedTest
    @CsvSource({"200, 200, PT1M", "200/min, 200, PT1M", "7 / s, 7, PT1S", "5000/h, 5000, PT1H", "9/d, 9, P1D"})
    void readsARateFromTheVariable(String text, int calls, Duration period) {
        folder.variable("RATE_LIMIT", text);

        assertThat(read().principalTool()).isEqualTo(RateLimit.of(calls, period));
    }

    @Test
    void readsEveryLevel() {
        folder.file("breakwater.yaml", """
                        limits:
                          rate:
                            principal-tool: 30/min
                            principal-tool-burst: 3
                            principal: off
                            tool: 500/s
                            global: 60000/min
                            global-burst: 50
                            local-callers: true
                            keys: 500
                            replicas: 3
                            timeout: 1s
                        """);

        var settings = read();

        assertThat(settings.principalTool()).isEqualTo(new RateLimit(30, Duration.ofMinutes(1), 3));
        assertThat(settings.principal()).isNull();
        assertThat(settings.tool()).isEqualTo(RateLimit.perSecond(500));
        assertThat(settings.global()).isEqualTo(RateLimit.perMinute(60_000).withBurst(50));
        assertThat(settings.localCallers()).isTrue();
        assertThat(settings.keys()).isEqualTo(500);
        assertThat(settings.sharing())
                .isEqualTo(new RateLimitSettings.Sharing(3, Duration.ofSeconds(1), Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "fast", "10/week", "1/0", "1000001/s", "9999999999", "1.5/s"})
    void refusesWhatIsNotARate(String text) {
        folder.option("limits.rate.principal-tool", text);

        assertThat(folder.errors())
                .singleElement()
                .asString()
                .startsWith("--set limits.rate.principal-tool: limits.rate.principal-tool: '" + text
                        + "' is not valid; write " + RATES);
    }

    @Test
    void saysThatZeroIsNotOff() {
        folder.variable("RATE_LIMIT", "0");

        assertThat(folder.errors()).singleElement().asString().endsWith("; 0 would refuse every call: off is no limit");
    }

    @Test
    void refusesABurstThatTakesMoreThanAYear() {
        folder.option("limits.rate.principal-tool", "1/d").option("limits.rate.principal-tool-burst", "400");

        assertThat(folder.errors()).singleElement().asString().contains("would take more than a year to reach");
    }
}
