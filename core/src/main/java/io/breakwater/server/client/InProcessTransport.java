package io.breakwater.server.client;

import io.breakwater.port.Event;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ClientTransport;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.RemotePeer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Connects a client to a server in the same process: messages are encoded and parsed as usual, but use no network. The
 * server is the {@link McpEndpoint} of {@link io.breakwater.server.Breakwater#endpoint()}.
 */
public final class InProcessTransport implements ClientTransport {
    private static final RemotePeer LOOPBACK = new RemotePeer("127.0.0.1");
    private static final byte[] NO_BODY = {};

    private final McpEndpoint server;
    private final RemotePeer peer;
    private final Channel channel;

    private InProcessTransport(McpEndpoint server, RemotePeer peer, Channel channel) {
        this.server = server;
        this.peer = peer;
        this.channel = channel;
    }

    /** Every message is a separate exchange with header fields, as over HTTP from this machine. */
    public static InProcessTransport exchanges(McpEndpoint server) {
        return new InProcessTransport(server, LOOPBACK, Channel.EXCHANGE);
    }

    /** All messages share one lasting connection without header fields, as over stdio. */
    public static InProcessTransport connection(McpEndpoint server) {
        return new InProcessTransport(server, RemotePeer.STDIO, new Channel.Connection());
    }

    @Override
    public boolean isSession() {
        return channel instanceof Channel.Connection;
    }

    @Override
    public TransportExchange send(OutgoingMessage message, Receiver receiver) {
        var reply = new InProcessReply(receiver);
        server.message(incomingMessage(message.body(), message.fields()), reply);
        return exchange(reply);
    }

    @Override
    public TransportExchange listen(Map<String, String> fields, Receiver receiver) {
        var reply = new InProcessReply(receiver);
        server.listen(incomingMessage(NO_BODY, fields), reply);
        return exchange(reply);
    }

    /** A message on a lasting connection cannot be cancelled without closing the connection. */
    private TransportExchange exchange(InProcessReply reply) {
        return isSession() ? () -> {} : reply;
    }

    @Override
    public void end(Map<String, String> fields) {
        if (!isSession()) {
            server.end(incomingMessage(NO_BODY, fields), new InProcessReply(new IgnoringReceiver()));
        }
    }

    @Override
    public void close() {
        if (channel instanceof Channel.Connection connection) {
            server.closed(connection);
        }
    }

    private IncomingMessage incomingMessage(byte[] body, Map<String, String> fields) {
        return new IncomingMessage(body, isSession() ? HeaderFields.NONE : headerFields(fields), peer, channel);
    }

    private static HeaderFields headerFields(Map<String, String> fields) {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(fields);
        return name -> {
            var value = byName.get(name);
            return value == null ? List.of() : List.of(value);
        };
    }

    /** Ignores the reply to the end of a session. */
    private static final class IgnoringReceiver implements Receiver {
        @Override
        public void session(String id) {}

        @Override
        public void event(Event event) {}

        @Override
        public void closed(@Nullable PortException failure) {}
    }
}
