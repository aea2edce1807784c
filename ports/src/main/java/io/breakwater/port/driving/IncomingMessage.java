package io.breakwater.port.driving;

import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;

/**
 * A message as it arrived. The body is not copied; the transport does not use it any more.
 *
 * @param body the bytes of the message, which should be JSON in UTF-8; empty for {@code listen} and {@code end}
 * @param fields its header fields; {@link HeaderFields#NONE} on stdio
 * @param sender what the {@link Authenticator} of the server answered for these header fields
 * @param peer the remote peer, as far as the transport knows it
 * @param channel its connection or session
 * @param memory the memory of the message in the memory budget; work that continues after the response retains it
 */
public record IncomingMessage(
        byte[] body, HeaderFields fields, Authenticated sender, RemotePeer peer, Channel channel, MemoryLease memory) {
    /** Creates a message whose memory is not counted. */
    public IncomingMessage(byte[] body, HeaderFields fields, Authenticated sender, RemotePeer peer, Channel channel) {
        this(body, fields, sender, peer, channel, MemoryLease.uncounted());
    }

    /** The principal that sent the message. */
    public Principal principal() {
        return sender.principal();
    }
}
