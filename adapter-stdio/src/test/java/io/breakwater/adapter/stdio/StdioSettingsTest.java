package io.breakwater.adapter.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StdioSettingsTest {

    @Test
    void namesAndDefaults() {
        assertThat(StdioSettings.defaults())
                .hasToString("StdioSettings[maxLine=1048576, maxUnread=1048576, drainTimeout=PT1S]");
    }

    @Test
    void refusesBoundsThatNoMessageFits() {
        assertThatThrownBy(() -> new StdioSettings(0, 1 << 20, Duration.ZERO))
                .hasMessage("maxLine is 0 bytes; it must be at least 1024");
        assertThatThrownBy(() -> new StdioSettings(1 << 20, 5, Duration.ZERO))
                .hasMessage("maxUnread is 5 bytes; it must be at least 1024");
        assertThatThrownBy(() -> new StdioSettings(1 << 20, 1 << 20, Duration.ofSeconds(-1)))
                .hasMessage("drainTimeout is PT-1S; it must not be negative");
    }
}
