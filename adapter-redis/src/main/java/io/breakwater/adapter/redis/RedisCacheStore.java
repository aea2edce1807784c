package io.breakwater.adapter.redis;

import io.breakwater.port.driven.CacheStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/**
 * Stores values as Redis strings that expire, each behind a {@linkplain #HEADER header byte}.
 *
 * <p>It reads with GETRANGE, one byte more than the largest value: as fast as GET, and a huge value that another
 * program stored does not fill our memory. GETRANGE returns an empty string for a missing key; the header byte
 * distinguishes an empty value from a missing one, and our values from those of other programs. Callers check whether
 * the bytes after the header are complete.
 */
final class RedisCacheStore implements CacheStore {
    /** The first byte of every value that this class stores. */
    private static final byte HEADER = 1;

    private static final byte[] NOTHING = {};

    private final CommandExecutor executor;
    private final KeyNames names;
    private final int valueBytes;

    RedisCacheStore(CommandExecutor executor, KeyNames names, int valueBytes) {
        this.executor = executor;
        this.names = names;
        this.valueBytes = valueBytes;
    }

    @Override
    public Optional<byte[]> get(String key) {
        var found = read(names.value(key));
        return found.length == 0 || found[0] != HEADER || found.length - 1 > valueBytes
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(found, 1, found.length));
    }

    private byte[] read(byte[] key) {
        return executor.retry(redis -> {
            try {
                return redis.getrange(key, 0, valueBytes + 1L);
            } catch (JedisDataException e) {
                if (ErrorTranslator.isForeignValue(e)) {
                    return NOTHING;
                }
                throw e;
            }
        });
    }

    @Override
    public void put(String key, byte[] value, Duration ttl) {
        if (value.length > valueBytes || !ttl.isPositive()) {
            remove(key); // an older value must not outlive the newer one
            return;
        }
        var stored = new byte[value.length + 1];
        stored[0] = HEADER;
        System.arraycopy(value, 0, stored, 1, value.length);
        var expiry = SetParams.setParams().px(Ttls.millis(ttl));
        executor.retry(redis -> redis.set(names.value(key), stored, expiry));
    }

    @Override
    public void remove(String key) {
        executor.retry(redis -> redis.unlink(names.value(key)));
    }
}
