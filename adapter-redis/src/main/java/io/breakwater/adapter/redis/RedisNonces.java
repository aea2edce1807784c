package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.driven.NonceStore;
import java.time.Duration;
import java.util.List;

/**
 * Stores each used nonce as a key that expires. The value identifies the use, so that neither a repeated call nor the
 * second attempt of one call, over another connection, counts as a second use.
 */
final class RedisNonces implements NonceStore {
    private static final Script USE = new Script("""
            local use = redis.pcall('GET', KEYS[1])
            if use == false then
              redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
              return 1
            end
            return use == ARGV[1] and 1 or 0
            """);

    private final CommandExecutor executor;
    private final KeyNames names;

    RedisNonces(CommandExecutor executor, KeyNames names) {
        this.executor = executor;
        this.names = names;
    }

    @Override
    public String identity() {
        return "redis " + names.prefix();
    }

    @Override
    public boolean use(String nonce, String use, Duration ttl) {
        var value = use.getBytes(UTF_8);
        var millis = Long.toString(Ttls.millis(ttl)).getBytes(UTF_8);
        return executor.retry(redis -> USE.run(redis, names.nonce(nonce), List.of(value, millis))) == 1;
    }
}
