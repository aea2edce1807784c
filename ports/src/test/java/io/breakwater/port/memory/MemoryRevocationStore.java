package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.RevocationStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@link RevocationStore} for tests. Replicas share it by sharing the object. Thread-safe. */
public final class MemoryRevocationStore implements RevocationStore {
    private final Map<TokenName, Revocation> revocations = new HashMap<>(); // guarded by this
    private final SimulatedLink line;
    private long version; // guarded by this

    /**
     * Creates an empty store.
     *
     * @param line passed by every operation
     */
    public MemoryRevocationStore(SimulatedLink line) {
        this.line = line;
    }

    @Override
    public void revoke(TokenName token, Instant expires, CallContext scope) {
        line.pass();
        synchronized (this) {
            var before = revocations.get(token);
            var end = before == null || before.expires().isBefore(expires) ? expires : before.expires();
            revocations.put(token, new Revocation(token, end, ++version));
        }
    }

    @Override
    public List<Revocation> changesSince(long version, int limit, CallContext scope) {
        line.pass();
        synchronized (this) {
            return revocations.values().stream()
                    .filter(revocation -> revocation.version() > version)
                    .sorted(Comparator.comparingLong(Revocation::version))
                    .limit(limit)
                    .toList();
        }
    }
}
