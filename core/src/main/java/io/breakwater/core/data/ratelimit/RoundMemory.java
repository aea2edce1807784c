package io.breakwater.core.data.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.breakwater.core.business.ratelimit.CountedRounds;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;

/** The rounds that this process has seen, until their state expires. Their number is limited. */
public final class RoundMemory implements CountedRounds {
    private final Cache<String, Boolean> seen;

    /**
     * Creates an empty memory.
     *
     * @param maxRounds the maximum number of rounds
     * @param ttl the time after which the state of a round cannot be used any more
     */
    public RoundMemory(int maxRounds, Duration ttl, ServerExecutors executors) {
        this.seen = Caffeine.newBuilder()
                .maximumSize(maxRounds)
                .expireAfterWrite(ttl)
                .ticker(executors::nanoTime)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public boolean isFirst(String round) {
        return seen.asMap().putIfAbsent(round, Boolean.TRUE) == null;
    }
}
