package io.breakwater.bootstrap.endtoend;

import io.breakwater.adapter.http.client.HttpClientTransport;
import io.breakwater.server.client.McpClient;
import java.net.URI;
import java.time.Duration;

/** Clients of servers that run as processes. */
final class McpClients {
    private McpClients() {}

    static McpClient connect(String endpoint) {
        return McpClient.builder(HttpClientTransport.to(URI.create(endpoint)))
                .timeout(Duration.ofSeconds(60))
                .connect();
    }
}
