package io.breakwater.core.data.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogLimitsTest {

    @Test
    void theLogTakesASixteenthOfTheHeapAtMost() {
        assertThat(LogLimits.forHeap(8L << 30))
                .hasToString("LogLimits[events=256, bytes=1048576, totalBytes=67108864, keep=PT30M]");
        assertThat(LogLimits.forHeap(64L << 20))
                .hasToString("LogLimits[events=256, bytes=1048576, totalBytes=4194304, keep=PT30M]");
        assertThat(LogLimits.forHeap(8L << 20))
                .hasToString("LogLimits[events=256, bytes=524288, totalBytes=524288, keep=PT30M]");
    }

    @Test
    void refusesLimitsThatNothingFits() {
        assertThatThrownBy(() -> new LogLimits(1, 100, 50, Duration.ofMinutes(1)))
                .hasMessageContaining("1 events, 100 of 50 bytes");
    }
}
