package io.breakwater.adapter.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.sample.settings.NullComponents;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StdioSettingsTest {

    @Test
    void namesAndDefaults() {
        assertThat(StdioSettings.defaults())
                .hasToString("StdioSettings[maxLine=1048576, maxUnread=1048576, drainTimeout=PT1S]");
    }

    @Test
    void refusesNullAndNamesTheComponent() {
        assertThat(NullComponents.acceptedBy(StdioSettings.defaults())).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless embedder writes
    void aTransportRefusesNull() {
        var in = InputStream.nullInputStream();
        var out = OutputStream.nullOutputStream();

        assertThatThrownBy(() -> StdioTransport.on(in, out, null))
                .hasMessage("The StdioSettings of StdioTransport.on(...) must not be null.");
        assertThatThrownBy(() -> StdioTransport.on(null, out, StdioSettings.defaults()))
                .hasMessage("The input of StdioTransport.on(...) must not be null.");
        assertThatThrownBy(() -> StdioTransport.on(in, null, StdioSettings.defaults()))
                .hasMessage("The output of StdioTransport.on(...) must not be null.");
    }

    @Test
    void refusesBoundsThatNoMessageFits() {
        assertThatThrownBy(() -> new StdioSettings(0, 1 << 20, Duration.ZERO))
                .hasMessage("maxLine must be at least 1024, but is 0.");
        assertThatThrownBy(() -> new StdioSettings(1 << 20, 5, Duration.ZERO))
                .hasMessage("maxUnread must be at least 1024, but is 5.");
        assertThatThrownBy(() -> new StdioSettings(1 << 20, 1 << 20, Duration.ofSeconds(-1)))
                .hasMessage("drainTimeout must not be negative, but is PT-1S.");
    }
}
