package io.breakwater.port.driving;

/**
 * The other end of a connection.
 *
 * @param address its network address without port, {@code "stdio"} for the parent process
 */
public record RemotePeer(String address) {
    /** The process that started us. */
    public static final RemotePeer STDIO = new RemotePeer("stdio");
}
