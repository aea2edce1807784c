package io.breakwater.core.presentation.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTimeTest {

    @ParameterizedTest
    @CsvSource({"0, 1 ms", "600, 600 ms", "999, 999 ms", "1000, 1 s", "1001, 1.1 s", "29400, 29.4 s", "29401, 29.5 s"})
    void isShortAndNeverTooEarly(long millis, String text) {
        assertThat(RetryTime.text(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
