package io.breakwater.sample.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {
    @Test
    void returnsAsSoonAsTheConditionHolds() {
        var attempts = new AtomicInteger();

        Eventually.holds(() -> attempts.incrementAndGet() == 3);

        assertThat(attempts).hasValue(3);
    }

    @Test
    void failsWhenTheConditionDoesNotHold() {
        assertThatThrownBy(() -> Eventually.holds(() -> false, () -> "never", Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("never");
    }
}
