package io.breakwater.bootstrap.endtoend;

import io.breakwater.adapter.http.client.HttpClientTransport;
import io.breakwater.sample.client.BearerTransport;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.McpClientBuilder;
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

    /** Builds a client that sends this bearer token with each message. */
    static McpClientBuilder withToken(String endpoint, String token) {
        var transport = HttpClientTransport.to(URI.create(endpoint));
        return McpClient.builder(new BearerTransport(transport, token)).timeout(Duration.ofSeconds(60));
    }
}
