package io.breakwater.adapter.http.outbound.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsSettingsTest {

    @Test
    void defaultsAreTheServersOfTheSystemAndTwoSeconds() {
        assertThat(DnsSettings.defaults()).isEqualTo(new DnsSettings(List.of(), Duration.ofSeconds(2)));
    }

    @Test
    void refusesATimeOfZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsSettings.defaults().withTimeout(Duration.ZERO))
                .withMessageContaining("timeout must be longer than zero");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.2, 10.0.0.2, 53",
        "10.0.0.2:5353, 10.0.0.2, 5353",
        "2001:db8::2, 2001:db8::2, 53",
        "[2001:db8::2], 2001:db8::2, 53",
        "[2001:db8::2]:5353, 2001:db8::2, 5353",
    })
    void parsesServers(String text, String address, int port) {
        assertThat(DnsSettings.parseServer(text)).contains(new InetSocketAddress(address, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "10.0.0.2:", "10.0.0.2:0", "10.0.0.2:65536", "127.1", "[::1", ":53", "[x]:53"})
    void refusesWhatIsNoServer(String text) {
        assertThat(DnsSettings.parseServer(text)).isEmpty();
    }
}
