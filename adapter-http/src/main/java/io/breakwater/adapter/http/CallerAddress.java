package io.breakwater.adapter.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;

/** Who counts as one caller as long as requests carry no identity: a network address. */
final class CallerAddress {
    /** One customer of an IPv6 network has at least these bytes for itself. */
    private static final int PREFIX = 8;

    private CallerAddress() {}

    /** The name of the caller at that end of a connection. */
    static String of(SocketAddress remote) {
        return remote instanceof InetSocketAddress inet && inet.getAddress() != null ? of(inet.getAddress()) : "";
    }

    private static String of(InetAddress address) {
        return address instanceof Inet6Address && !address.isLoopbackAddress()
                ? HexFormat.of().formatHex(address.getAddress(), 0, PREFIX)
                : address.getHostAddress();
    }
}
