package io.breakwater.core.data.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.breakwater.core.business.authentication.Sha256Digest;
import io.breakwater.core.business.authentication.VerifiedTokens;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The results of verifications in the memory of this process. */
public final class TokenCache implements VerifiedTokens {
    private static final Duration REJECTED_TTL = Duration.ofSeconds(10);

    private final Cache<Sha256Digest, VerifiedToken> valid;
    private final Cache<Sha256Digest, Boolean> rejected;

    /**
     * Creates an empty cache.
     *
     * @param maxEntries the maximum number of valid tokens, and of rejected ones
     */
    public TokenCache(int maxEntries, ServerExecutors executors) {
        this.valid = Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .expireAfter(Expiry.writing((Sha256Digest digest, VerifiedToken entry) -> positive(Duration.between(
                        executors.clock().instant(), entry.token().expires()))))
                .executor(executors.virtualThreads())
                .ticker(executors::nanoTime)
                .build();
        this.rejected = Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .expireAfterWrite(REJECTED_TTL)
                .executor(executors.virtualThreads())
                .ticker(executors::nanoTime)
                .build();
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
