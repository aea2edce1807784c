package io.breakwater.adapter.http.outbound;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of names for a second after their look-up. A look-up changes the thread twice, which costs more than the
 * rest of a request to a service nearby. The addresses are checked for each request nevertheless. Thread-safe.
 */
final class RecentAddresses {
    static final Duration AGE = Duration.ofSeconds(1);

    /** Names come from the configuration, so more of them are no usual case. */
    private static final int MAX_NAMES = 10_000;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    RecentAddresses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Entry(List<InetAddress> addresses, long since) {}

    /** Returns the addresses of a name, or null if they must be looked up. */
    @Nullable
    List<InetAddress> find(String host) {
        var entry = entries.get(host);
        return entry != null && nanoTime.getAsLong() - entry.since < AGE.toNanos() ? entry.addresses : null;
    }

    /** Keeps the result of a look-up, and returns it. */
    List<InetAddress> keep(String host, List<InetAddress> addresses) {
        if (entries.size() >= MAX_NAMES) {
            entries.clear();
        }
        entries.put(host, new Entry(addresses, nanoTime.getAsLong()));
        return addresses;
    }
}
