package io.breakwater.core.testkit;

import io.breakwater.port.Event;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.server.client.ClientTransport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Each message an exchange of its own, as over HTTP. */
final class InMemoryTransport implements ClientTransport {
    private static final RemotePeer PEER = new RemotePeer("127.0.0.1");

    private final McpEndpoint server;

    InMemoryTransport(McpEndpoint server) {
        this.server = server;
    }

    @Override
    public boolean isSession() {
        return false;
    }

    @Override
    public TransportExchange send(OutgoingMessage message, Receiver receiver) {
        var reply = new ReplyToReceiver(receiver);
        server.message(inbound(message.body(), message.fields()), reply);
        return reply;
    }

    @Override
    public TransportExchange listen(Map<String, String> fields, Receiver receiver) {
        var reply = new ReplyToReceiver(receiver);
        server.listen(inbound(new byte[0], fields), reply);
        return reply;
    }

    @Override
    public void end(Map<String, String> fields) {
        server.end(inbound(new byte[0], fields), new ReplyToReceiver(new Nobody()));
    }

    @Override
    public void close() {}

    private static IncomingMessage inbound(byte[] body, Map<String, String> fields) {
        return new IncomingMessage(body, fields(fields), PEER, Channel.EXCHANGE);
    }

    private static HeaderFields fields(Map<String, String> given) {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(given);
        return name -> {
            var value = byName.get(name);
            return value == null ? List.of() : List.of(value);
        };
    }

    /** Hears nothing. */
    private static final class Nobody implements Receiver {
        @Override
        public void session(String id) {}

        @Override
        public void event(Event event) {}

        @Override
        public void closed(@Nullable String reason) {}
    }
}
