package io.breakwater.core.presentation.protocol;

import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.Transport;
import io.breakwater.server.Breakwater;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that says what its test says, right or wrong. Fields are given as name, value, name, value. */
public final class RawRequests {
    /** Callers from this machine have no rate limit unless they have a credential. */
    private static final RemotePeer LOCAL = new RemotePeer("127.0.0.1");

    private final Transport.Host host;
    private final Channel channel;
    private final RemotePeer peer;

    private RawRequests(Transport.Host host, Channel channel, RemotePeer peer) {
        this.host = host;
        this.channel = channel;
        this.peer = peer;
    }

    /** Each message an exchange of its own. */
    public static RawRequests http(Breakwater server) {
        return new RawRequests(server.host(), Channel.EXCHANGE, LOCAL);
    }

    /** Each message an exchange of its own, from this address. */
    public static RawRequests http(Breakwater server, String address) {
        return new RawRequests(server.host(), Channel.EXCHANGE, new RemotePeer(address));
    }

    /** All messages on one lasting connection. */
    public static RawRequests line(Breakwater server) {
        return new RawRequests(server.host(), new Channel.Connection(), LOCAL);
    }

    /** Sends a message. */
    public RecordedReply post(String body, String... fields) {
        return post(body.getBytes(StandardCharsets.UTF_8), fields);
    }

    /** Sends bytes. */
    public RecordedReply post(byte[] body, String... fields) {
        return post(new RecordedReply(), MemoryLease.uncounted(), body, fields);
    }

    /** Sends bytes that are counted there, and reads in that manner. */
    public RecordedReply post(RecordedReply reply, MemoryLease memory, byte[] body, String... fields) {
        var headerFields = fields(fields);
        host.endpoint()
                .message(new IncomingMessage(body, headerFields, sender(headerFields), peer, channel, memory), reply);
        return reply;
    }

    /** Listens. */
    public RecordedReply get(String... fields) {
        return get(new RecordedReply(), fields);
    }

    /** Listens in that manner. */
    public RecordedReply get(RecordedReply reply, String... fields) {
        host.endpoint().listen(inbound(new byte[0], fields), reply);
        return reply;
    }

    /** Ends the session. */
    public RecordedReply delete(String... fields) {
        var reply = new RecordedReply();
        host.endpoint().end(inbound(new byte[0], fields), reply);
        return reply;
    }

    /** Cuts the connection. */
    public void cut() {
        if (channel instanceof Channel.Connection connection) {
            host.endpoint().closed(connection);
        }
    }

    private IncomingMessage inbound(byte[] body, String... fields) {
        var headerFields = fields(fields);
        return new IncomingMessage(body, headerFields, sender(headerFields), peer, channel);
    }

    /** Returns the sender, whom the server must accept. */
    private Authenticated sender(HeaderFields fields) {
        return (Authenticated) host.authenticate(fields, peer).join();
    }

    private static HeaderFields fields(String... pairs) {
        return name -> {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < pairs.length; i += 2) {
                if (pairs[i].equalsIgnoreCase(name)) {
                    values.add(pairs[i + 1]);
                }
            }
            return values;
        };
    }
}
