package io.breakwater.port.driven;

import java.time.Duration;
import java.util.Optional;

/**
 * One tier of the result cache: bytes under keys, with a TTL. It may evict any entry at any time, but returns only
 * values that were stored under that key. Contract: {@code CacheStoreContract}.
 */
public interface CacheStore {

    /** The value under that key; empty when it is absent, expired or evicted. The bytes must not be changed. */
    Optional<byte[]> get(String key);

    /** Stores a value for at most {@code ttl}, and replaces any other value under that key. */
    void put(String key, byte[] value, Duration ttl);

    /** Removes a value; has no effect when there is none. */
    void remove(String key);
}
