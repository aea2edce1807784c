package io.breakwater.server.client;

import io.breakwater.port.Event;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ClientTransport;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.Transport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Connects a client to a server in the same process: messages are encoded and parsed as usual, but use no network. The
 * server is the {@link Transport.Host} of {@link io.breakwater.server.Breakwater#host()}.
 */
public final class InProcessTransport implements ClientTransport {
    private static final RemotePeer LOOPBACK = new RemotePeer("127.0.0.1");
    private static final byte[] NO_BODY = {};

    private final Transport.Host server;
    private final RemotePeer peer;
    private final Channel channel;

    private InProcessTransport(Transport.Host server, RemotePeer peer, Channel channel) {
        this.server = server;
        this.peer = peer;
        this.channel = channel;
    }

    /** Every message is a separate exchange with header fields, as over HTTP from this machine. */
    public static InProcessTransport exchanges(Transport.Host server) {
        return new InProcessTransport(server, LOOPBACK, Channel.EXCHANGE);
    }

    /** All messages share one lasting connection without header fields, as over stdio. */
    public static InProcessTransport connection(Transport.Host server) {
        return new InProcessTransport(server, RemotePeer.STDIO, new Channel.Connection());
    }

    @Override
    public boolean isSession() {
        return channel instanceof Channel.Connection;
    }

    @Override
    public TransportExchange send(OutgoingMessage message, Receiver receiver) {
        var reply = new InProcessReply(receiver);
        dispatch(message.body(), message.fields(), reply, server.endpoint()::message);
        return exchange(reply);
    }

    @Override
    public TransportExchange listen(Map<String, String> fields, Receiver receiver) {
        var reply = new InProcessReply(receiver);
        dispatch(NO_BODY, fields, reply, server.endpoint()::listen);
        return exchange(reply);
    }

    /** A message on a lasting connection cannot be cancelled without closing the connection. */
    private TransportExchange exchange(InProcessReply reply) {
        return isSession() ? () -> {} : reply;
    }

    @Override
    public void end(Map<String, String> fields) {
        if (!isSession()) {
            dispatch(NO_BODY, fields, new InProcessReply(new IgnoringReceiver()), server.endpoint()::end);
        }
    }

    @Override
    public void close() {
        if (channel instanceof Channel.Connection connection) {
            server.endpoint().closed(connection);
        }
    }

    /** Passes a message on after the server determined its sender. */
    @SuppressWarnings("FutureReturnValueIgnored") // the future never fails
    private void dispatch(byte[] body, Map<String, String> fields, InProcessReply reply, EndpointMethod method) {
        var headerFields = isSession() ? HeaderFields.NONE : headerFields(fields);
        server.authenticate(headerFields, peer).thenAccept(answer -> {
            if (answer instanceof Authenticated sender) {
                method.invoke(new IncomingMessage(body, headerFields, sender, peer, channel), reply);
            } else {
                reply.refuse(answer);
            }
        });
    }

    private static HeaderFields headerFields(Map<String, String> fields) {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(fields);
        return name -> {
            var value = byName.get(name);
            return value == null ? List.of() : List.of(value);
        };
    }

    /** A method of the endpoint. */
    private interface EndpointMethod {
        void invoke(IncomingMessage message, InProcessReply reply);
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
