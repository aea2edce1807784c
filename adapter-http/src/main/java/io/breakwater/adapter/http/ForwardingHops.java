package io.breakwater.adapter.http;

import io.breakwater.adapter.http.network.IpLiteral;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The elements of a forwarding field, the last one first. Several fields of a request are one list. An element beyond
 * the first 4 KiB from the end is not read: it becomes an empty one, which is not an address.
 */
final class ForwardingHops implements Iterator<String> {
    private static final int MAX_CHARACTERS = 4 * 1024;
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+))(?::[0-9]{1,5})?");

    private final List<String> values;
    private int field;
    private int end;
    private int read;

    ForwardingHops(List<String> values) {
        this.values = values;
        this.field = values.size() - 1;
        this.end = values.getLast().length();
    }

    @Override
    public boolean hasNext() {
        return field >= 0;
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var value = values.get(field);
        int comma = value.lastIndexOf(',', end - 1);
        var hop = value.substring(comma + 1, end);
        read += hop.length() + 1;
        end = comma;
        if (end < 0 && --field >= 0) {
            end = values.get(field).length();
        }
        return read > MAX_CHARACTERS ? "" : hop.strip();
    }

    /** Returns the address of a node: an IPv4 or IPv6 address, or one with a port. An IPv6 address with a port has brackets. */
    static Optional<InetAddress> address(String node) {
        var matcher = WITH_PORT.matcher(node);
        if (!matcher.matches()) {
            return IpLiteral.parse(node);
        }
        var v6 = matcher.group(1);
        return v6 == null ? IpLiteral.parse(matcher.group(2)) : IpLiteral.parse(v6);
    }
}
