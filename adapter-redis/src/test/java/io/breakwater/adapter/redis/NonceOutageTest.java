package io.breakwater.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.NonceStore;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.sample.redis.RedisWait;
import io.breakwater.sample.redis.WriteRefusal;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A nonce counts once as long as Redis remembers it, and never without an answer of Redis. */
@Tag("server")
class NonceOutageTest {
    private static final Duration TTL = Duration.ofMinutes(15);

    private final RedisServer server = RedisServer.start(RedisProgram.BUNDLED);
    private final RedisServices redis = RedisServices.open(RedisSettings.single(server.url()));
    private final NonceStore nonces = redis.nonces();

    @AfterEach
    void close() {
        redis.close();
        server.close();
    }

    @ParameterizedTest
    @CoversOutage("confirmation: Redis full or read-only")
    @EnumSource
    void noNonceIsUsedWhileRedisAcceptsNoWrites(WriteRefusal refusal) {
        RedisWait.until(() -> isUsed("first"));
        refusal.begin(server);

        assertThatThrownBy(() -> nonces.use("second", "first use", TTL))
                .isInstanceOf(PortException.UnavailableException.class);

        refusal.end(server);
        assertThat(stored()).noneMatch(key -> key.contains("second"));
        RedisWait.until(() -> isUsed("second"));
    }

    /** The script is known to Redis, so one command records the nonce; a frozen Redis executes it when it goes on. */
    @Test
    @CoversOutage("confirmation: Redis losing its response")
    void aNonceWhoseRecordWasConfirmedTooLateIsUsed() {
        RedisWait.until(() -> isUsed("first"));
        server.freeze();

        assertThatThrownBy(() -> nonces.use("second", "first use", TTL))
                .isInstanceOf(PortException.UnavailableException.class);

        server.thaw();
        RedisWait.until(() -> stored().size() == 2);
        RedisWait.until(() -> isRefused("second"));
    }

    @Test
    @CoversOutage("confirmation: Redis restarted empty")
    void aRestartedRedisKnowsNoUsedNonces() {
        RedisWait.until(() -> isUsed("nonce"));
        RedisWait.until(() -> isRefused("nonce"));

        server.kill();
        server.restart();

        RedisWait.until(() -> isUsed("nonce"));
    }

    private boolean isUsed(String nonce) {
        try {
            return nonces.use(nonce, "first use", TTL);
        } catch (PortException.UnavailableException notYet) {
            return false;
        }
    }

    private boolean isRefused(String nonce) {
        try {
            return !nonces.use(nonce, "another use", TTL);
        } catch (PortException.UnavailableException notYet) {
            return false;
        }
    }

    private Set<String> stored() {
        return server.ask(jedis -> jedis.keys("*"));
    }
}
