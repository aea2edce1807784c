package io.breakwater.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.sample.settings.NullComponents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {

    @Test
    void hasTheseDefaults() {
        assertThat(HttpSettings.defaults())
                .isEqualTo(new HttpSettings(
                        "127.0.0.1",
                        8080,
                        "/mcp",
                        false,
                        List.of(),
                        List.of(),
                        new HttpSettings.Limits(
                                32_768,
                                100,
                                4_096,
                                1_048_576,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                4_096,
                                Duration.ofSeconds(60),
                                20_000,
                                10_000,
                                100,
                                200,
                                1_000,
                                64,
                                Duration.ofSeconds(10)),
                        new HttpSettings.Streams(
                                10_000, 262_144, 1_024, Duration.ofSeconds(15), Duration.ofSeconds(15)),
                        HttpSettings.eventLoopsFor(Runtime.getRuntime().availableProcessors()),
                        null,
                        new HttpSettings.Proxies(List.of(), HttpSettings.ForwardingHeader.X_FORWARDED_FOR),
                        null));
        assertThat(HttpSettings.Tls.of(Path.of("c.pem"), Path.of("k.pem")).checkInterval())
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void refusesAPortOutOfRangeByItsName() {
        assertThatThrownBy(() -> HttpSettings.defaults().withPort(70_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be between 0 and 65535, but is 70000.");
    }

    @Test
    void leavesHalfOfTheProcessorsToTheTools() {
        assertThat(IntStream.of(1, 2, 3, 4, 16).map(HttpSettings::eventLoopsFor))
                .containsExactly(1, 1, 1, 2, 8);
    }

    /** It is sent one after at most the first, and that is not acknowledged for the length of the second. */
    @Test
    void givesUpAClientThatVanishedWithinTwoHeartbeats() {
        var streams = HttpSettings.Streams.defaults();

        assertThat(streams.writeTimeout()).isLessThanOrEqualTo(streams.keepAlive());
    }

    @Test
    void changesOneSettingAndKeepsTheOthers() {
        var tls = HttpSettings.Tls.of(Path.of("c.pem"), Path.of("k.pem"));
        var proxies = HttpSettings.Proxies.trusting(List.of("10.0.0.0/8"));
        var protocol = new HttpSettings.ProxyProtocol("::1", 2);
        var changed = HttpSettings.defaults()
                .withHost("::1")
                .withPort(1)
                .withPath("/x")
                .withAnonymous(true)
                .withAllowedHosts("a")
                .withAllowedOrigins("https://b")
                .withLimits(HttpSettings.Limits.defaults().withBodyBytes(5))
                .withStreams(HttpSettings.Streams.defaults())
                .withEventLoops(7)
                .withTls(tls)
                .withProxies(proxies)
                .withProxyProtocol(protocol);

        assertThat(changed)
                .isEqualTo(new HttpSettings(
                        "::1",
                        1,
                        "/x",
                        true,
                        List.of("a"),
                        List.of("https://b"),
                        HttpSettings.Limits.defaults().withBodyBytes(5),
                        HttpSettings.Streams.defaults(),
                        7,
                        tls,
                        proxies,
                        protocol));
    }

    @Test
    void refusesWhatCouldNeverWorkAndNamesTheSetting() {
        var good = HttpSettings.defaults();
        var limits = HttpSettings.Limits.defaults();

        assertThatThrownBy(() -> good.withHost(" ")).hasMessageStartingWith("host ");
        assertThatThrownBy(() -> good.withPort(65_536)).hasMessageStartingWith("port ");
        assertThatThrownBy(() -> good.withEventLoops(0)).hasMessageStartingWith("eventLoops ");
        assertThatThrownBy(() -> good.withPath("mcp")).hasMessageStartingWith("path ");
        assertThatThrownBy(() -> good.withAllowedHosts("https://a"))
                .hasMessageStartingWith("allowedHosts ")
                .hasMessageContaining("'https://a'");
        assertThatThrownBy(() -> good.withAllowedOrigins("*")).hasMessageStartingWith("allowedOrigins ");
        assertThatThrownBy(() -> limits.withBodyBytes(0)).hasMessageStartingWith("bodyBytes ");
        assertThatThrownBy(() -> limits.withTimes(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessageStartingWith("headTimeout ");
        assertThatThrownBy(() -> new HttpSettings.Streams(0, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessageStartingWith("open ");
        assertThatThrownBy(() -> good.withProxyProtocol(new HttpSettings.ProxyProtocol("::1", 2)))
                .hasMessageStartingWith("proxyProtocol ");
        for (var network : List.of("10.0.0.1/8", "010.0.0.1", "127.1", "proxy.example.com", "10.0.0.0/33", "::1%lo")) {
            assertThatThrownBy(() -> HttpSettings.Proxies.trusting(List.of(network)))
                    .hasMessageStartingWith("trusted contains '" + network + "'");
        }
    }

    @Test
    void refusesNullAndNamesTheComponent() {
        var settings = HttpSettings.defaults();

        assertThat(NullComponents.acceptedBy(
                        settings,
                        settings.limits(),
                        settings.streams(),
                        settings.proxies(),
                        new HttpSettings.ProxyProtocol("::1", 2),
                        HttpSettings.Tls.of(Path.of("cert.pem"), Path.of("key.pem"))))
                .isEmpty();
    }
}
