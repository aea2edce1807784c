package io.breakwater.port.driving;

/**
 * The other end of a connection.
 *
 * @param address its network address without port, or {@code "stdio"} for the parent process
 */
public record RemotePeer(String address) {
    /** The process that started the server. */
    public static final RemotePeer STDIO = new RemotePeer("stdio");
}
