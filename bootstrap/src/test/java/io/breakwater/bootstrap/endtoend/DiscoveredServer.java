package io.breakwater.bootstrap.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.endtoend.RecordingServer.Reply;
import io.breakwater.port.Json;
import io.breakwater.sample.files.Scratch;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A running server with the service {@code orders}, whose instances say their names. */
final class DiscoveredServer implements AutoCloseable {
    private static final int CALLS = 30;

    private final RunningServer server;
    private final McpClient client;

    private DiscoveredServer(RunningServer server) {
        this.server = server;
        this.client = McpClients.connect(server.endpoint());
    }

    /** Starts a server with this configuration. */
    static DiscoveredServer start(String yaml) throws IOException, InterruptedException {
        var file = Files.writeString(Scratch.folder("breakwater-discovery").resolve("breakwater.yaml"), yaml);
        return new DiscoveredServer(RunningServer.start(Map.of(
                "BREAKWATER_CONFIG", file.toString(), "RATE_LIMIT", "off", "BREAKWATER_LIMITS_RATE_PRINCIPAL", "off")));
    }

    /** Starts an instance on an address; port 0 is a free one. */
    static RecordingServer instance(String name, String address, int port) {
        return RecordingServer.on(address, port, request -> new Reply(200, "{\"name\":\"" + name + "\"}"));
    }

    ToolCallResult call() {
        return client.call(
                "api_request",
                Json.object()
                        .put("service", "orders")
                        .put("method", "GET")
                        .put("endpoint", "/name")
                        .build());
    }

    /** The name of the instance that gets the next call. */
    private String next() {
        var result = call();
        assertThat(result.isError()).as(result.text()).isFalse();
        return requireNonNull(result.structured().object("result").text("name"));
    }

    /** The names of the instances that get the next calls, which all succeed. */
    Set<String> reached() {
        return IntStream.range(0, CALLS).mapToObj(call -> next()).collect(Collectors.toSet());
    }

    /** The URLs of the instances that get calls. */
    List<String> healthy() {
        var services = requireNonNull(
                (Json.Arr) client.call("list_services").structured().get("services"));
        var orders = (Json.Obj) services.items().getFirst();
        return requireNonNull((Json.Arr) orders.get("healthy_instances")).items().stream()
                .map(url -> ((Json.Text) url).value())
                .toList();
    }

    String log() throws IOException {
        return server.log();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
