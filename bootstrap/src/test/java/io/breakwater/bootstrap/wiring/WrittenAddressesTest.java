package io.breakwater.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.sample.network.DnsResponder;
import io.breakwater.sample.network.DnsResponder.Service;
import io.breakwater.sample.service.ScriptedService;
import io.breakwater.server.client.McpClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address in the URL of one service allows no other service to connect to it. */
class WrittenAddressesTest {
    private static final Duration TTL = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private Configuration configuration(DnsResponder dns, int port) throws IOException {
        Files.writeString(folder.resolve("instances"), "http://127.0.0.1:" + port + "\n");
        var file = Files.writeString(folder.resolve("breakwater.yaml"), """
                outbound: {name-servers: ['127.0.0.1:%1$d']}
                services:
                  written: {urls: ['http://127.0.0.1:%2$d'], health: {enabled: false}}
                  local: {urls: ['http://localhost:%2$d'], health: {enabled: false}}
                  named: {urls: ['http://evil.test:%2$d'], health: {enabled: false}}
                  resolved: {dns: 'http://evil.test:%2$d', health: {enabled: false}}
                  resolved-local: {dns: 'http://localhost:%2$d', health: {enabled: false}}
                  located: {srv: _http._tcp.evil.test, health: {enabled: false}}
                  listed: {file: '%3$s', health: {enabled: false}}
                """.formatted(
                        dns.address().getPort(), port, folder.resolve("instances")));
        return Configuration.load(new ConfigurationSources(file, Map.of(), List.of(), folder));
    }

    @Test
    void onlyServicesThatNameTheAddressConnectToIt() throws IOException {
        try (var service = ScriptedService.saying(ScriptedService.ok("internal"));
                var dns = new DnsResponder()) {
            dns.answerAddresses("evil.test", TTL, "127.0.0.1");
            dns.answerTargets("_http._tcp.evil.test", TTL, new Service(0, 1, service.port(), "evil.test"));
            try (var server = ApplicationComponent.of(configuration(dns, service.port()))
                            .server();
                    var client = InMemoryClient.overConnection(server).connect()) {
                for (var name : List.of("written", "local")) {
                    assertThat(call(client, name)).contains("internal");
                }
                int before = service.connections();
                for (var name : List.of("named", "resolved", "resolved-local", "located", "listed")) {
                    assertThat(call(client, name)).as(name).doesNotContain("internal");
                }
                assertThat(service.connections()).isEqualTo(before);
            }
        }
    }

    private static String call(McpClient client, String service) {
        var arguments =
                Json.object().put("service", service).put("method", "GET").put("endpoint", "/name");
        return client.call("api_request", arguments.build()).toString();
    }
}
