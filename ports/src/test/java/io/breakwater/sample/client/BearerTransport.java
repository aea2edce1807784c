package io.breakwater.sample.client;

import io.breakwater.port.driven.ClientTransport;
import java.util.HashMap;
import java.util.Map;

/** Adds a bearer token to each message. */
public record BearerTransport(ClientTransport transport, String token) implements ClientTransport {
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
