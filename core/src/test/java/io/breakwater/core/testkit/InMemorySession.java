package io.breakwater.core.testkit;

import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.server.client.ClientTransport;
import java.util.Map;

/** One lasting connection for all messages, as over stdio. */
final class InMemorySession implements ClientTransport {
    private final McpEndpoint server;
    private final Channel.Connection connection = new Channel.Connection();

    InMemorySession(McpEndpoint server) {
        this.server = server;
    }

    @Override
    public boolean isSession() {
        return true;
    }

    @Override
    public TransportExchange send(OutgoingMessage message, Receiver receiver) {
        var reply = new ReplyToReceiver(receiver);
        server.message(inbound(message.body()), reply);
        return () -> {}; // on a line nobody can hang up on a single message
    }

    @Override
    public TransportExchange listen(Map<String, String> fields, Receiver receiver) {
        server.listen(inbound(new byte[0]), new ReplyToReceiver(receiver));
        return () -> {};
    }

    @Override
    public void end(Map<String, String> fields) {}

    /** The line is cut. */
    @Override
    public void close() {
        server.closed(connection);
    }

    private IncomingMessage inbound(byte[] body) {
        return new IncomingMessage(body, HeaderFields.NONE, RemotePeer.STDIO, connection);
    }
}
