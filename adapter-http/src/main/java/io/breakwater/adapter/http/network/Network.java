package io.breakwater.adapter.http.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation.
 *
 * @param bits the number of bits of its addresses: 32 or 128
 * @param prefixLength the number of leading bits that its addresses share
 * @param prefix these bits
 */
public record Network(int bits, int prefixLength, BigInteger prefix) {
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
        int bits = address.getAddress().length * Byte.SIZE;
        return new Network(bits, bits, number(address));
    }

    /** A network whose first address has bits after the prefix is a mistake. */
    private static Optional<Network> of(InetAddress first, int length) {
        int bits = first.getAddress().length * Byte.SIZE;
        var number = number(first);
        boolean valid = length <= bits && (number.signum() == 0 || number.getLowestSetBit() >= bits - length);
        return valid ? Optional.of(new Network(bits, length, number.shiftRight(bits - length))) : Optional.empty();
    }

    /** Whether the address is in this network. */
    public boolean contains(InetAddress address) {
        int length = address.getAddress().length * Byte.SIZE;
        return length == bits && number(address).shiftRight(bits - prefixLength).equals(prefix);
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }
}
