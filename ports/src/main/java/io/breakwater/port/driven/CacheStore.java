package io.breakwater.port.driven;

import java.time.Duration;
import java.util.Optional;

/**
 * One tier of the result cache: bytes under keys, for a while. It may forget anything at any time, but never gives
 * back what was not put under that key. Contract: {@code CacheStoreContract}.
 */
public interface CacheStore {

    /** The value under that key; empty when it is absent, expired or dropped. The bytes must not be changed. */
    Optional<byte[]> get(String key);

    /** Keeps a value for at most {@code ttl}, replacing any other under that key. */
    void put(String key, byte[] value, Duration ttl);

    /** Drops a value; harmless when there is none. */
    void remove(String key);
}
