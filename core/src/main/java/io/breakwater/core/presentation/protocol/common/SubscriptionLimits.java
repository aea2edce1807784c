package io.breakwater.core.presentation.protocol.common;

import io.breakwater.server.mcp.McpException;
import java.util.Collection;

/** The limits on the subscriptions of one client, so that they cannot fill the memory. */
public final class SubscriptionLimits {
    /** The maximum number of URIs and task ids, for one session or stream. */
    public static final int MAX_ADDRESSES = 1_000;

    /** The maximum length of a URI or task id, in characters. */
    public static final int MAX_ADDRESS_LENGTH = 4_096;

    /** The size of an address in bytes without its characters: a string, and its entry in a set. */
    private static final int ADDRESS_OVERHEAD = 100;

    private SubscriptionLimits() {}

    /** Returns the approximate size of these addresses, in bytes. */
    public static long weight(Collection<String> addresses) {
        return addresses.stream()
                .mapToLong(address -> ADDRESS_OVERHEAD + 2L * address.length())
                .sum();
    }

    /** Refuses addresses above the limits. */
    public static void check(Collection<String> addresses) {
        if (addresses.size() > MAX_ADDRESSES) {
            throw McpException.invalidParams(
                    "A subscription may contain at most " + MAX_ADDRESSES + " resources or tasks");
        }
        if (addresses.stream().anyMatch(address -> address.length() > MAX_ADDRESS_LENGTH)) {
            throw McpException.invalidParams(
                    "The URI or task id in a subscription must have at most " + MAX_ADDRESS_LENGTH + " characters");
        }
    }
}
