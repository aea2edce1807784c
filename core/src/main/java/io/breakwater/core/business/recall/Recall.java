package io.breakwater.core.business.recall;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Remembers results of tools that change nothing. A result is bytes here: whoever keeps one knows how it was encoded,
 * and keeps good ones only, never an error. Safe for use by many threads as far as the random generator is.
 */
public final class Recall {
    private final ResultShelf shelf;
    private final RecallSettings settings;
    private final RandomGenerator random;

    /** Over a shelf, by a policy, with the source of its jitter. */
    public Recall(ResultShelf shelf, RecallSettings settings, RandomGenerator random) {
        this.shelf = shelf;
        this.settings = settings;
        this.random = random;
    }

    /** The result of an earlier equal call, if it is still known. */
    public Optional<byte[]> lookup(CacheKey key) {
        return shelf.find(key);
    }

    /**
     * Keeps a result for at most that long.
     *
     * @return false when it is too large to be kept
     */
    public boolean keep(CacheKey key, byte[] result, Duration ttl) {
        if (result.length > settings.maxResultBytes()) {
            return false;
        }
        shelf.put(key, result, shortened(ttl));
        return true;
    }

    /** Forgets a result. */
    public void forget(CacheKey key) {
        shelf.drop(key);
    }

    private Duration shortened(Duration ttl) {
        double share = 1 - settings.jitter() * random.nextDouble();
        return Duration.ofMillis(Math.max(1, (long) (ttl.toMillis() * share)));
    }
}
