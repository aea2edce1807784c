package io.breakwater.bootstrap.config;

import java.util.Set;
import java.util.regex.Pattern;

/** The text of an address to listen on. */
final class ListenAddress {
    private static final Set<String> LOOPBACK = Set.of("localhost", "::1", "[::1]");
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*(%.*)?]?");

    private ListenAddress() {}

    /** Returns whether only programs on this machine can connect; false for a host name that has to be resolved. */
    static boolean isLoopback(String host) {
        return LOOPBACK.contains(host) || host.startsWith("127.");
    }

    /** Returns whether programs on other machines can connect; false for a host name that has to be resolved. */
    static boolean isForOtherMachines(String host) {
        return !isLoopback(host) && LITERAL.matcher(host).matches();
    }
}
