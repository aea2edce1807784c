package io.breakwater.sample.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {
    @Test
    void returnsAsSoonAsTheConditionHolds() {
        var asked = new AtomicInteger();

        Eventually.holds(() -> asked.incrementAndGet() == 3);

        assertThat(asked).hasValue(3);
    }

    @Test
    void failsWhenTheConditionDoesNotHold() {
        assertThatThrownBy(() -> Eventually.holds(() -> false, () -> "never", Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("never");
    }
}
