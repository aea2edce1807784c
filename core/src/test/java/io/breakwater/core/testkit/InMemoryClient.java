package io.breakwater.core.testkit;

import io.breakwater.server.Breakwater;
import io.breakwater.server.client.InProcessTransport;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.McpClientBuilder;

/**
 * A client beside its server in one process: every message is written, carried as bytes and read again, only the
 * network is left out.
 *
 * <pre>{@code
 * try (var server = Breakwater.named("shop").tool(findOrder).build();
 *         var client = InMemoryClient.of(server)) {
 *     var answer = client.call("find_order", Json.object().put("number", "A-000001").build());
 *     assertThat(answer.structured().text("state")).isEqualTo("shipped");
 * }
 * }</pre>
 *
 * To speak another era, to answer the server's questions or to hear its notifications, begin with {@link #over} or
 * {@link #onLine}:
 *
 * <pre>{@code
 * var notes = new RecordedNotifications();
 * var client = InMemoryClient.over(server).legacy().hearing(notes)
 *     .answering(asked -> Answers.accepted(Json.object().put("ok", true).build()))
 *     .connect();
 * }</pre>
 */
public final class InMemoryClient {
    private InMemoryClient() {}

    /** A client that speaks 2026-07-28 and answers nothing. */
    public static McpClient of(Breakwater server) {
        return over(server).connect();
    }

    /** A client whose every message is an exchange of its own with header fields, as over HTTP. */
    public static McpClientBuilder over(Breakwater server) {
        return McpClient.builder(InProcessTransport.exchanges(server.endpoint()));
    }

    /** A client that shares one lasting connection for all its messages, as over stdio. */
    public static McpClientBuilder onLine(Breakwater server) {
        return McpClient.builder(InProcessTransport.connection(server.endpoint()));
    }
}
