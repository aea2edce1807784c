package io.breakwater.core.data.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void namesAndDefaults() {
        assertThat(LogLimits.DEFAULTS)
                .hasToString("LogLimits[events=256, bytes=1048576, totalBytes=67108864, keep=PT30M]");
    }

    @Test
    void refusesLimitsThatNothingFits() {
        assertThatThrownBy(() -> new Limits(0, 5))
                .hasMessage("A limit must be at least 1, not 0 in total and 5 for a principal");
        assertThatThrownBy(() -> new LogLimits(1, 100, 50, Duration.ofMinutes(1)))
                .hasMessageContaining("1 events, 100 of 50 bytes");
    }
}
