package io.breakwater.adapter.http.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses IP addresses in their usual notation only: four decimal numbers without leading zeros, or IPv6 without a zone.
 * Other programs read {@code 0177.0.0.1}, {@code 127.1} and {@code 2130706433} in different ways, so they are not
 * addresses here.
 */
public final class IpLiteral {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:(?:[0-9a-fA-F]*|" + V4.pattern() + ")");

    /** The end of a name that other programs would parse as a number. */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)");

    private IpLiteral() {}

    /** Returns the address, or empty when the text is not one. An IPv4 address in IPv6 notation becomes IPv4. */
    public static Optional<InetAddress> parse(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text)); // looks up nothing for such a text
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** True when a host could be meant as an IPv4 address, in whatever notation. */
    public static boolean endsInNumber(String host) {
        return ENDS_IN_NUMBER.matcher(host).matches();
    }
}
