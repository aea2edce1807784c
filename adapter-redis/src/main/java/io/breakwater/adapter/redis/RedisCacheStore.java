package io.breakwater.adapter.redis;

import io.breakwater.port.driven.CacheStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/**
 * Values as strings of Redis that expire by themselves, each behind a {@linkplain #MARK mark}.
 *
 * <p>It reads with GETRANGE, one byte further than a value of ours can reach: as fast as GET, and a value that somebody
 * made huge does not fill our memory. GETRANGE says nothing where there is nothing, hence the mark, which also tells a
 * foreign value. Whether the bytes behind it are whole is for those to judge who know what they mean.
 */
final class RedisCacheStore implements CacheStore {
    /** The first byte of whatever we put. */
    private static final byte MARK = 1;

    private static final byte[] NOTHING = {};

    private final CommandExecutor calls;
    private final KeyNames names;
    private final int valueBytes;

    RedisCacheStore(CommandExecutor calls, KeyNames names, int valueBytes) {
        this.calls = calls;
        this.names = names;
        this.valueBytes = valueBytes;
    }

    @Override
    public Optional<byte[]> get(String key) {
        var found = read(names.value(key));
        return found.length == 0 || found[0] != MARK || found.length - 1 > valueBytes
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(found, 1, found.length));
    }

    private byte[] read(byte[] key) {
        return calls.retry(redis -> {
            try {
                return redis.getrange(key, 0, valueBytes + 1L);
            } catch (JedisDataException e) {
                if (ErrorTranslator.isForeign(e)) {
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
        var marked = new byte[value.length + 1];
        marked[0] = MARK;
        System.arraycopy(value, 0, marked, 1, value.length);
        var life = SetParams.setParams().px(Ttls.millis(ttl));
        calls.retry(redis -> redis.set(names.value(key), marked, life));
    }

    @Override
    public void remove(String key) {
        calls.retry(redis -> redis.unlink(names.value(key)));
    }
}
