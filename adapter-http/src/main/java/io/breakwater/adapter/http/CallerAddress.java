package io.breakwater.adapter.http;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
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

    /** The name of the caller at that address, which is a literal. */
    static String of(String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        try {
            return bytes == null ? "" : of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    /** Returns the name of the caller with this address. */
    static String of(InetAddress address) {
        return address instanceof Inet6Address && !address.isLoopbackAddress()
                ? HexFormat.of().formatHex(address.getAddress(), 0, PREFIX)
                : address.getHostAddress();
    }
}
