package io.breakwater.port.driving;

/**
 * One message as it arrived. The body is not copied: the transport hands it over and does not touch it again.
 *
 * @param body the bytes of the message, UTF-8 JSON if the client behaves; empty for {@code listen} and {@code end}
 * @param fields the header fields it came with; {@link HeaderFields#NONE} on stdio
 * @param peer who sent it, as far as the transport can tell
 * @param channel what ties it to other messages
 * @param memory what the message holds of the memory budget; work that outlives the answer retains it
 */
public record IncomingMessage(byte[] body, HeaderFields fields, RemotePeer peer, Channel channel, MemoryLease memory) {
    /** A message that is not counted. */
    public IncomingMessage(byte[] body, HeaderFields fields, RemotePeer peer, Channel channel) {
        this(body, fields, peer, channel, MemoryLease.uncounted());
    }
}
