package io.breakwater.adapter.http.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation.
 *
 * @param first its first address
 * @param prefixLength the number of leading bits that its addresses share
 */
public record Network(InetAddress first, int prefixLength) {
    private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

    /** Parses a network such as {@code 10.0.0.0/8}, or one address. */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return IpLiteral.parse(text).map(Network::single);
        }
        var length = text.substring(slash + 1);
        return LENGTH.matcher(length).matches()
                ? IpLiteral.parse(text.substring(0, slash)).flatMap(first -> of(first, Integer.parseInt(length)))
                : Optional.empty();
    }

    /** Returns a network that the program names. */
    public static Network of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is not a network."));
    }

    private static Network single(InetAddress address) {
        return new Network(address, address.getAddress().length * Byte.SIZE);
    }

    /** A network whose first address has bits after the prefix is a mistake. */
    private static Optional<Network> of(InetAddress first, int length) {
        int bits = first.getAddress().length * Byte.SIZE;
        var number = new BigInteger(1, first.getAddress());
        boolean valid = length <= bits && (number.signum() == 0 || number.getLowestSetBit() >= bits - length);
        return valid ? Optional.of(new Network(first, length)) : Optional.empty();
    }

    /** Whether the address is in this network. */
    public boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    /** Whether the address with these bytes is in this network. */
    public boolean contains(byte[] address) {
        var prefix = first.getAddress();
        int whole = prefixLength / Byte.SIZE;
        return address.length == prefix.length
                && Arrays.equals(address, 0, whole, prefix, 0, whole)
                && (whole == prefix.length || startsAlike(address[whole], prefix[whole]));
    }

    /** Compares the bits of the prefix that fill no byte. */
    private boolean startsAlike(byte some, byte other) {
        int rest = prefixLength % Byte.SIZE;
        return ((some ^ other) & 0xFF) >> (Byte.SIZE - rest) == 0;
    }
}
