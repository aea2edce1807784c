package io.breakwater.core.data.recall;

import io.breakwater.core.business.recall.CacheKey;
import io.breakwater.core.business.recall.ResultShelf;
import io.breakwater.port.Failure;
import io.breakwater.port.driven.CacheStore;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shelf over a {@link CacheStore}; a store in trouble keeps nothing and gives nothing, and the calls go on. */
public final class StoredResults implements ResultShelf {
    private static final Logger LOG = LoggerFactory.getLogger(StoredResults.class);
    private static final String PREFIX = "result:";

    private final CacheStore store;

    /** Over that store. */
    public StoredResults(CacheStore store) {
        this.store = store;
    }

    @Override
    public Optional<byte[]> find(CacheKey key) {
        try {
            return store.get(name(key)).flatMap(stored -> StoredResult.read(key, stored));
        } catch (Failure e) {
            LOG.debug("The cache could not be read; the result is made anew", e);
            return Optional.empty();
        }
    }

    @Override
    public void put(CacheKey key, byte[] result, Duration ttl) {
        try {
            store.put(name(key), StoredResult.write(key, result), ttl);
        } catch (Failure e) {
            LOG.debug("The cache could not be written; the result is not kept", e);
        }
    }

    @Override
    public void drop(CacheKey key) {
        try {
            store.remove(name(key));
        } catch (Failure e) {
            LOG.debug("The cache could not be written; the result ends with its time", e);
        }
    }

    private static String name(CacheKey key) {
        return PREFIX + key.value();
    }
}
