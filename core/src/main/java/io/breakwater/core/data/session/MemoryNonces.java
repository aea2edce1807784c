package io.breakwater.core.data.session;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.NonceStore;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;

/** Used nonces in the memory of this process. */
@OutageBehavior(
        guard = "confirmation",
        dependency = GuardDependency.MEMORY,
        failure = "full of used confirmations",
        effect = OutageEffect.DENY,
        behavior = "Confirmed calls end with `EXTERNAL_ERROR` and do nothing. No used confirmation is forgotten.",
        recovery = "Entries expire within `limits.input-timeout` and five minutes.",
        signal = "`mcp_errors_total{error_type=\"external_error\"}`",
        details = "confirmation.md#when-redis-is-not-available")
public final class MemoryNonces implements NonceStore {
    /** More than one, so that expired nonces disappear faster than others arrive. */
    private static final int REMOVED_AT_ONCE = 16;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final String identity = UUID.randomUUID().toString();
    private final int maxNonces;
    private final InstantSource clock;
    private final Map<String, String> uses = new HashMap<>(); // by nonce; guarded by this
    private final PriorityQueue<Entry> byExpiry =
            new PriorityQueue<>(Comparator.comparingLong(Entry::expires)); // guarded by this

    /** Creates an empty store for this number of nonces. */
    public MemoryNonces(int maxNonces, InstantSource clock) {
        this.maxNonces = maxNonces;
        this.clock = clock;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public synchronized boolean use(String nonce, String use, Duration ttl) {
        long now = clock.millis();
        removeExpired(now);
        var present = uses.get(nonce);
        if (present != null) {
            return present.equals(use);
        }
        if (uses.size() >= maxNonces) {
            throw new PortException.UnavailableException(
                    "The server has recorded as many nonces as it can hold; try again later.", RETRY_AFTER, null);
        }
        uses.put(nonce, use);
        byExpiry.add(new Entry(nonce, Math.addExact(now, ttl.toMillis())));
        return true;
    }

    private void removeExpired(long now) {
        for (int i = 0; i < REMOVED_AT_ONCE; i++) {
            var first = byExpiry.peek();
            if (first == null || first.expires > now) {
                return;
            }
            byExpiry.remove();
            uses.remove(first.nonce);
        }
    }

    private record Entry(String nonce, long expires) {}
}
