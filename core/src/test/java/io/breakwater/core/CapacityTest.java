package io.breakwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.Capacity.Cache;
import io.breakwater.core.Capacity.Share;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CapacityTest {

    @Test
    void namesAndDefaults() {
        assertThat(Capacity.STANDARD)
                .isEqualTo(new Capacity(
                        new Share(30_000, 15_000),
                        Duration.ofMinutes(30),
                        new Share(20_000, 10_000),
                        new Share(2_000, 1_000),
                        Cache.STANDARD));
        assertThat(Cache.STANDARD.entries()).isEqualTo(10_000);
        assertThat(Cache.STANDARD.bytes())
                .isEqualTo(Math.min(104_857_600, Runtime.getRuntime().maxMemory() / 8));
    }

    @Test
    void refusesRoomForNothing() {
        assertThatThrownBy(() -> new Share(1, 0)).hasMessageContaining("1 in all and 0 each");
        assertThatThrownBy(() -> new Cache(0, 1)).hasMessageContaining("at least one result");
        assertThatThrownBy(() -> Capacity.STANDARD.withSessions(new Share(1, 1), Duration.ZERO))
                .hasMessageContaining("PT0S");
    }
}
