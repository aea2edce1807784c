package io.breakwater.core.business.cache;

import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The storage of the cache: the local tier in this process and, if there is one, the shared tier that the other servers
 * of the deployment use too. It may lose entries at any time. A failure of the storage is a cache miss, never an
 * exception. It returns only what was stored under exactly that key. Thread-safe.
 */
public interface CacheTiers {

    /** Returns the entry in the local tier. Never blocks. */
    @Nullable
    CacheEntry getLocal(CacheKey key);

    /** Returns true if there is a shared tier and it is available. */
    boolean hasSharedTier();

    /**
     * Returns the entry in the shared tier and copies it to the local tier. Null means that the caller must load the
     * result: no other server has a wanted one, and no other server loads one or has finished loading one within {@code
     * loadTimeout}. A caller that gets null must call {@link #put} or {@link #releaseLease} in the end. Waits for a
     * limited time.
     */
    @Nullable
    CacheEntry getShared(CacheKey key, Predicate<CacheEntry> wanted, Duration loadTimeout) throws InterruptedException;

    /**
     * Returns true if the caller must load the result although the local tier has one: the shared tier has no wanted
     * one, and no other server loads one. The caller must then call {@link #put} or {@link #releaseLease} in the end.
     * Waits for a limited time, but not for the load of another server.
     */
    boolean tryLease(CacheKey key, Predicate<CacheEntry> wanted) throws InterruptedException;

    /** Stores a result in both tiers. Does not wait for the shared tier. */
    void put(CacheKey key, CacheEntry entry);

    /** Gives the lease back without a result, so that another server can load it. Does not wait. */
    void releaseLease(CacheKey key);

    /** Removes all results from the local tier. */
    void clearLocal();
}
