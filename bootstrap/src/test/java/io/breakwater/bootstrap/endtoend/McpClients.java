package io.breakwater.bootstrap.endtoend;

import io.breakwater.adapter.http.client.HttpClientTransport;
import io.breakwater.port.driven.ClientTransport;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.McpClientBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

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
        return McpClient.builder(new TokenTransport(transport, token)).timeout(Duration.ofSeconds(60));
    }

    private record TokenTransport(ClientTransport transport, String token) implements ClientTransport {
        @Override
        public boolean isSession() {
            return transport.isSession();
        }

        @Override
        public TransportExchange send(OutgoingMessage message, Receiver receiver) {
            return transport.send(new OutgoingMessage(message.body(), withToken(message.fields())), receiver);
        }

        @Override
        public TransportExchange listen(Map<String, String> fields, Receiver receiver) {
            return transport.listen(withToken(fields), receiver);
        }

        @Override
        public void end(Map<String, String> fields) {
            transport.end(withToken(fields));
        }

        @Override
        public void close() {
            transport.close();
        }

        private Map<String, String> withToken(Map<String, String> fields) {
            var all = new HashMap<>(fields);
            all.put("Authorization", "Bearer " + token);
            return all;
        }
    }
}
