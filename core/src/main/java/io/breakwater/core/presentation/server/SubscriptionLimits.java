package io.breakwater.core.presentation.server;

import io.breakwater.server.mcp.McpException;
import java.util.Collection;

/** What one client may ask to be told about: without a bound, its wishes alone would fill the memory. */
public final class SubscriptionLimits {
    /** How many addresses, for one session or stream. */
    public static final int MOST = 1_000;

    /** How long one of them may be. */
    public static final int LONGEST = 4_096;

    /** An address beside its characters: a text, and its entry in a set. */
    private static final int OBJECT = 100;

    private SubscriptionLimits() {}

    /** What these addresses occupy, about. */
    public static long weight(Collection<String> addresses) {
        return addresses.stream()
                .mapToLong(address -> OBJECT + 2L * address.length())
                .sum();
    }

    /** Refuses more than that. */
    public static void check(Collection<String> addresses) {
        if (addresses.size() > MOST) {
            throw McpException.invalidParams("At most " + MOST + " resources or tasks may be watched at a time");
        }
        if (addresses.stream().anyMatch(address -> address.length() > LONGEST)) {
            throw McpException.invalidParams("What is watched has an address of at most " + LONGEST + " characters");
        }
    }
}
