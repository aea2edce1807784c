package io.breakwater.core.business.cache;

import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where results are kept: near, in this process, and perhaps beyond it, where the other servers of the deployment find
 * them too. It may lose anything at any time, and trouble of its own is a miss, never an exception; but it gives back
 * only what was put under that very key. Thread-safe.
 */
public interface CacheTiers {

    /** What is kept in this process. Never blocks. */
    @Nullable
    CacheEntry getLocal(CacheKey key);

    /** True when there is something beyond the process that is worth asking at present. */
    boolean hasRemote();

    /**
     * What is kept beyond the process, which is near from now on. Null means that the caller should make the result
     * itself: nobody has one that is wanted, and nobody else is making it, or has made it within {@code patience}.
     * Whoever got null says {@link #put} or {@link #releaseLease} in the end. Waits for a bounded time.
     */
    @Nullable
    CacheEntry getRemote(CacheKey key, Predicate<CacheEntry> wanted, Duration patience) throws InterruptedException;

    /**
     * True when the caller should make the result, although one is near: no wanted one is beyond the process, and
     * nobody else is making it. Then it says {@link #put} or {@link #releaseLease} in the end. Waits for a bounded
     * time, but for nobody's work.
     */
    boolean tryLease(CacheKey key, Predicate<CacheEntry> wanted) throws InterruptedException;

    /** Keeps a result, near and far. Does not wait for what is far. */
    void put(CacheKey key, CacheEntry kept);

    /** There will be no result; somebody else may try. Does not wait. */
    void releaseLease(CacheKey key);
}
