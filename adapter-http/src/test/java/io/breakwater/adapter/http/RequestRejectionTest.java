package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Json;
import io.breakwater.port.MetricSink;
import io.breakwater.port.SettingNames;
import io.breakwater.port.contract.ScriptedEndpoint;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The settings that messages name: components of the records by default, and what the server calls them. */
class RequestRejectionTest {
    private static final SettingNames KEYS = component -> "key of " + component;

    @Test
    void namesComponentsThatExist() {
        var named = new TreeSet<String>();
        Arrays.stream(RequestRejection.values()).forEach(rejection -> named.addAll(rejection.settings()));
        named.removeAll(
                Set.of("BreakwaterBuilder.authenticator", "MemoryLimits.bytes", "MemoryLimits.share")); // of core

        assertThat(named)
                .hasSizeGreaterThan(10)
                .allSatisfy(setting -> assertThat(components()).contains(setting));
    }

    private static List<String> components() {
        return List.of(
                        HttpSettings.class,
                        HttpSettings.Limits.class,
                        HttpSettings.Streams.class,
                        HttpSettings.Tls.class,
                        HttpSettings.Proxies.class)
                .stream()
                .flatMap(record -> Arrays.stream(record.getRecordComponents())
                        .map(component -> record.getCanonicalName().substring("io.breakwater.adapter.http.".length())
                                + "." + component.getName()))
                .toList();
    }

    @Test
    void namesComponentsOrWhatTheServerCallsThem() {
        assertThat(body(SettingNames.JAVA))
                .contains("larger than HttpSettings.Limits.bodyBytes allows. The limit is 7.");
        assertThat(body(KEYS)).contains("larger than key of HttpSettings.Limits.bodyBytes allows. The limit is 7.");
    }

    @Test
    void escapesNamesInTheBody() {
        var body = (Json.Obj) Json.parse(body(component -> "\"" + component + "\" of C:\\server\n"));

        assertThat(body.object("error").text("message"))
                .contains("larger than \"HttpSettings.Limits.bodyBytes\" of C:\\server\n allows.");
    }

    private static String body(SettingNames names) {
        return new RejectionBodies(names)
                .of(RequestRejection.BODY_SIZE, " The limit is 7.")
                .toString(UTF_8);
    }

    @Test
    void aServerNamesSettingsInTheAnswersOfItsTransport() {
        var transport = HttpTransport.on("127.0.0.1", 0);
        transport.start(host());
        try (var client =
                new RawClient("127.0.0.1", URI.create(transport.address()).getPort())) {
            assertThat(client.get("/elsewhere").answer().body())
                    .contains("The setting key of HttpSettings.path gives the path");
        } finally {
            transport.stop(Duration.ZERO);
        }
    }

    @Test
    void aServerNamesSettingsInTheReasonWhyItsTransportDoesNotStart() {
        assertThatThrownBy(() -> HttpTransport.on("0.0.0.0", 0).start(host()))
                .hasMessageContaining("Switch on authentication (key of BreakwaterBuilder.authenticator)")
                .hasMessageContaining("or set key of HttpSettings.anonymous to true")
                .hasMessageContaining("127.0.0.1 (key of HttpSettings.host).");
    }

    private static Transport.Host host() {
        return new Transport.Host(
                new ScriptedEndpoint(),
                Authenticator.ANONYMOUS,
                List.of(),
                MetricSink.none(),
                MemoryBudget.unlimited(),
                KEYS);
    }
}
