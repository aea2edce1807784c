package io.breakwater.core.business.recall;

import java.time.Duration;
import java.util.Optional;

/**
 * Where results are kept. It may lose anything at any time, and trouble of its own is a miss, never an exception; but it
 * gives back only what was put under that very key. Safe for use by many threads.
 */
public interface ResultShelf {

    /** What is kept under the key. */
    Optional<byte[]> find(CacheKey key);

    /** Keeps a result for at most that long. */
    void put(CacheKey key, byte[] result, Duration ttl);

    /** Drops a result. */
    void drop(CacheKey key);
}
