package io.breakwater.adapter.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;

/** Identifies a caller by its network address, as long as requests carry no identity. */
final class CallerAddress {
    /** The number of bytes in an IPv6 prefix that belongs to one customer of a network. */
    private static final int PREFIX = 8;

    private CallerAddress() {}

    /** Returns the name of the caller with this address. */
    static String of(SocketAddress remote) {
        return remote instanceof InetSocketAddress inet && inet.getAddress() != null ? of(inet.getAddress()) : "";
    }

    private static String of(InetAddress address) {
        return address instanceof Inet6Address && !address.isLoopbackAddress()
                ? HexFormat.of().formatHex(address.getAddress(), 0, PREFIX)
                : address.getHostAddress();
    }
}
