package io.breakwater.core.testkit;

import io.breakwater.server.Breakwater;
import io.breakwater.server.client.InProcessTransport;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.McpClientBuilder;

/**
 * Creates clients in the process of the server. Every message is written, carried as bytes and parsed, as over a
 * network; only the network is missing.
 *
 * <pre>{@code
 * try (var server = Breakwater.named("shop").tool(findOrder).build();
 *         var client = InMemoryClient.of(server)) {
 *     var result = client.call("find_order", Json.object().put("number", "A-000001").build());
 *     assertThat(result.structured().text("status")).isEqualTo("shipped");
 * }
 * }</pre>
 *
 * To use the legacy era, to respond to the server's requests or to receive its notifications, start with
 * {@link #overExchanges} or {@link #overConnection}:
 *
 * <pre>{@code
 * var notifications = new RecordedNotifications();
 * var client = InMemoryClient.overExchanges(server)
 *         .legacy()
 *         .onNotification(notifications)
 *         .onServerRequest(request -> ClientResponses.accepted(Json.object().put("sure", true).build()))
 *         .connect();
 * }</pre>
 */
public final class InMemoryClient {
    private InMemoryClient() {}

    /** Connects a client of the modern era that receives no notifications and refuses requests of the server. */
    public static McpClient of(Breakwater server) {
        return overExchanges(server).connect();
    }

    /** Builds a client that sends each message in an exchange of its own, with header fields, as over HTTP. */
    public static McpClientBuilder overExchanges(Breakwater server) {
        return McpClient.builder(InProcessTransport.exchanges(server.host()));
    }

    /** Builds a client that sends all its messages over one connection, as over stdio. */
    public static McpClientBuilder overConnection(Breakwater server) {
        return McpClient.builder(InProcessTransport.connection(server.host()));
    }
}
