package io.breakwater.core.data.authentication;

import io.breakwater.core.business.authentication.Sha256Digest;
import io.breakwater.core.business.authentication.UsedProofs;
import io.breakwater.port.MetricSink;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** The used proofs in the memory of this process. One principal can have half of them. */
@OutageBehavior(
        guard = "bound tokens",
        dependency = GuardDependency.MEMORY,
        failure = "full of used proofs",
        effect = OutageEffect.DENY,
        behavior =
                "Requests with a bound token get 503. No proof is forgotten before it expires, and one principal has at "
                        + "most half of the memory.",
        recovery = "Proofs expire within 90 s.",
        signal = "`mcp_auth_failures_total{reason=\"too_many_proofs\"}`, `mcp_auth_used_proofs`",
        details = "security.md#tokens-that-are-bound-to-a-key-dpop")
@OutageBehavior(
        guard = "bound tokens",
        dependency = GuardDependency.PROCESS,
        failure = "restarted",
        effect = OutageEffect.ALLOW,
        behavior = "A proof that was used before the restart is accepted once more, within the minute of its validity, "
                + "because used proofs are in memory only. A program that repeats it also needs the token.",
        recovery = "The proof expires within 90 s.",
        signal = "–",
        details = "security.md#tokens-that-are-bound-to-a-key-dpop")
public final class ProofMemory implements UsedProofs {
    /** More than one, so that expired proofs disappear faster than others arrive. */
    private static final int REMOVED_AT_ONCE = 16;

    private final int maxProofs;
    private final int maxPerOwner;
    private final InstantSource clock;
    private final Set<Sha256Digest> proofs = new HashSet<>(); // guarded by this
    private final Map<String, Integer> owners = new HashMap<>(); // guarded by this
    private final PriorityQueue<Entry> byExpiry =
            new PriorityQueue<>(Comparator.comparingLong(Entry::expires)); // guarded by this

    /** Creates an empty memory for this number of proofs. */
    public ProofMemory(int maxProofs, InstantSource clock) {
        this.maxProofs = maxProofs;
        this.maxPerOwner = Math.max(1, maxProofs / 2);
        this.clock = clock;
    }

    @Override
    public synchronized boolean contains(Sha256Digest proof) {
        return proofs.contains(proof);
    }

    @Override
    public synchronized Result add(Sha256Digest proof, String owner, Instant expires) {
        long now = clock.millis();
        removeExpired(now);
        if (expires.toEpochMilli() <= now) {
            return Result.EXPIRED;
        }
        if (proofs.contains(proof)) {
            return Result.USED;
        }
        if (proofs.size() >= maxProofs || owners.getOrDefault(owner, 0) >= maxPerOwner) {
            return Result.FULL;
        }
        proofs.add(proof);
        owners.merge(owner, 1, Integer::sum);
        byExpiry.add(new Entry(proof, owner, expires.toEpochMilli()));
        return Result.ADDED;
    }

    private void removeExpired(long now) {
        for (int i = 0; i < REMOVED_AT_ONCE; i++) {
            var first = byExpiry.peek();
            if (first == null || first.expires > now) {
                return;
            }
            byExpiry.remove();
            proofs.remove(first.proof);
            owners.computeIfPresent(first.owner, (owner, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Returns the number of proofs, with expired ones that are not removed yet. */
    public synchronized int size() {
        return proofs.size();
    }

    /** Registers the metric. */
    public void bindTo(MetricSink sink) {
        sink.gauge(
                "mcp_auth_used_proofs",
                "Used proofs (DPoP) in memory, at most DpopSettings.maxProofs.",
                Map.of(),
                this::size);
    }

    /** A used proof. */
    private record Entry(Sha256Digest proof, String owner, long expires) {}
}
