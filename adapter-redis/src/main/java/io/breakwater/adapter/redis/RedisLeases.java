package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.driven.Leases;
import java.time.Duration;
import java.util.List;

/**
 * Stores each lease as a key that contains the name of its holder and expires. Each operation is an atomic script on
 * one key: no other client can act between its check and its write, and a cluster knows which node runs it. A key with
 * a foreign value counts as a lease that another holder has.
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

    private final CommandExecutor executor;
    private final KeyNames names;

    RedisLeases(CommandExecutor executor, KeyNames names) {
        this.executor = executor;
        this.names = names;
    }

    @Override
    public boolean acquire(String name, String holder, Duration ttl) {
        var millis = Long.toString(Ttls.millis(ttl)).getBytes(UTF_8);
        return executor.retry(redis -> ACQUIRE.run(redis, names.lease(name), List.of(holder.getBytes(UTF_8), millis)))
                == 1;
    }

    @Override
    public void release(String name, String holder) {
        executor.retry(redis -> RELEASE.run(redis, names.lease(name), List.of(holder.getBytes(UTF_8))));
    }
}
