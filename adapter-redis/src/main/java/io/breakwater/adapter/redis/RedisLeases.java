package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.driven.Leases;
import java.time.Duration;
import java.util.List;

/**
 * A lease is a key that holds its holder's name and expires. Both operations are one atomic script on that one key, so
 * that nobody comes between a look and a deed, and a cluster knows where to run it. A key that others filled with
 * something else is a lease that somebody has.
 */
final class RedisLeases implements Leases {
    private static final Script ACQUIRE = new Script("""
            local holder = redis.pcall('GET', KEYS[1])
            if holder == false then
              redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
              return 1
            end
            if holder == ARGV[1] then
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
              return 1
            end
            return 0
            """);

    private static final Script RELEASE = new Script("""
            if redis.pcall('GET', KEYS[1]) == ARGV[1] then
              return redis.call('UNLINK', KEYS[1])
            end
            return 0
            """);

    private final CommandExecutor calls;
    private final KeyNames names;

    RedisLeases(CommandExecutor calls, KeyNames names) {
        this.calls = calls;
        this.names = names;
    }

    @Override
    public boolean acquire(String name, String holder, Duration ttl) {
        var millis = Long.toString(Ttls.millis(ttl)).getBytes(UTF_8);
        return calls.retry(redis -> ACQUIRE.run(redis, names.lease(name), List.of(holder.getBytes(UTF_8), millis)))
                == 1;
    }

    @Override
    public void release(String name, String holder) {
        calls.retry(redis -> RELEASE.run(redis, names.lease(name), List.of(holder.getBytes(UTF_8))));
    }
}
