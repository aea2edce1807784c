package io.breakwater.bootstrap.docs;

import io.breakwater.port.driven.ClientTransport;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.InProcessTransport;
import io.breakwater.server.client.McpClient;
import java.util.HashMap;
import java.util.Map;

/** Adds a bearer token to each message. */
record BearerTransport(ClientTransport transport, String token) implements ClientTransport {

    /** Connects a client that sends this token. */
    static McpClient client(Breakwater server, String token) {
        var transport = InProcessTransport.exchanges(server.host());
        return McpClient.builder(new BearerTransport(transport, token)).connect();
    }

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
