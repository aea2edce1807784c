package io.breakwater.adapter.http;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts something for each {@link CallerAddress}, up to a limit that does not apply to trusted proxies. Thread-safe.
 */
final class AddressCounts {
    private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();
    private final TrustedProxies exempt;
    private final int max;

    AddressCounts(TrustedProxies exempt, int max) {
        this.exempt = exempt;
        this.max = max;
    }

    /** Counts one more for the address; returns false, and does not count it, if the address has reached the limit. */
    boolean tryAdd(InetAddress address) {
        if (counts.merge(CallerAddress.of(address), 1, Integer::sum) <= max || exempt.contains(address)) {
            return true;
        }
        remove(address);
        return false;
    }

    /** Counts one less. */
    void remove(InetAddress address) {
        counts.computeIfPresent(CallerAddress.of(address), (any, count) -> count == 1 ? null : count - 1);
    }
}
