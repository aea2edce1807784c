package io.breakwater.core.data.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.breakwater.core.business.authentication.Sha256Digest;
import io.breakwater.core.business.authentication.VerifiedTokens;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The results of verifications in the memory of this process. The number of entries is limited, and also the memory of
 * valid tokens, because the claims of one token can occupy more than 100 KiB.
 */
@OutageBehavior(
        guard = "known tokens",
        dependency = GuardDependency.MEMORY,
        failure = "full of tokens",
        effect = OutageEffect.DEGRADE,
        behavior = "Tokens are verified again.",
        recovery = "Expired tokens make room by themselves.",
        signal = "`mcp_auth_verifications_total`",
        details = "security.md#when-something-that-authentication-needs-fails")
public final class TokenCache implements VerifiedTokens {
    private static final Duration REJECTED_TTL = Duration.ofSeconds(10);

    /** The memory of an entry without its principal. */
    private static final int OVERHEAD = 400;

    /** The cache may occupy one part of the heap in this number. */
    private static final int HEAP_PARTS = 16;

    private final Cache<Sha256Digest, VerifiedToken> valid;
    private final Cache<Sha256Digest, Boolean> rejected;

    /**
     * Creates an empty cache, which may occupy a sixteenth of the heap.
     *
     * @param maxEntries the maximum number of valid tokens, and of rejected ones
     */
    public TokenCache(int maxEntries, ServerExecutors executors) {
        this(maxEntries, Runtime.getRuntime().maxMemory() / HEAP_PARTS, executors);
    }

    TokenCache(int maxEntries, long maxBytes, ServerExecutors executors) {
        long minWeight = Math.ceilDiv(maxBytes, maxEntries);
        this.valid = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Sha256Digest digest, VerifiedToken entry) -> weight(entry, minWeight))
                .expireAfter(Expiry.writing((Sha256Digest digest, VerifiedToken entry) -> positive(Duration.between(
                        executors.clock().instant(), entry.token().expires()))))
                .executor(Runnable::run) // once in some reads; it is cheaper than to start a thread for it
                .ticker(executors::nanoTime)
                .build();
        this.rejected = Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .expireAfterWrite(REJECTED_TTL)
                .executor(Runnable::run)
                .ticker(executors::nanoTime)
                .build();
    }

    private static int weight(VerifiedToken entry, long minWeight) {
        long bytes = OVERHEAD + entry.token().principal().heapBytes();
        return (int) Math.min(Integer.MAX_VALUE, Math.max(minWeight, bytes));
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    @Override
    public @Nullable VerifiedToken find(Sha256Digest digest) {
        return valid.getIfPresent(digest);
    }

    @Override
    public void put(Sha256Digest digest, VerifiedToken token) {
        valid.put(digest, token);
    }

    @Override
    public void remove(Sha256Digest digest) {
        valid.invalidate(digest);
    }

    @Override
    public boolean wasRejected(Sha256Digest digest) {
        return rejected.getIfPresent(digest) != null;
    }

    @Override
    public void reject(Sha256Digest digest) {
        rejected.put(digest, Boolean.TRUE);
    }

    /** Returns the number of entries, for tests. */
    long size() {
        valid.cleanUp();
        rejected.cleanUp();
        return valid.estimatedSize() + rejected.estimatedSize();
    }
}
