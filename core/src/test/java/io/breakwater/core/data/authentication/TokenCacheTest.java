package io.breakwater.core.data.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.authentication.Sha256Digest;
import io.breakwater.core.business.authentication.VerifiedTokens.VerifiedToken;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
    private static final Sha256Digest ONE = Sha256Digest.of("one");

    private final ManualExecutors executors = new ManualExecutors();
    private final TokenCache cache = new TokenCache(1_000, executors);

    private VerifiedToken token(Duration life) {
        return token(Principal.of("ann"), life);
    }

    private VerifiedToken token(Principal principal, Duration life) {
        var expires = executors.clock().instant().plus(life);
        return new VerifiedToken(new Valid(principal, expires, "1"), expires);
    }

    @Test
    void keepsATokenUntilItExpires() {
        cache.put(ONE, token(Duration.ofMinutes(1)));
        executors.pass(Duration.ofSeconds(59));
        assertThat(cache.find(ONE)).isNotNull();

        executors.pass(Duration.ofSeconds(1));
        assertThat(cache.find(ONE)).isNull();
        assertThat(cache.size()).isZero();
    }

    @Test
    void doesNotKeepATokenThatHasExpired() {
        cache.put(ONE, token(Duration.ofSeconds(-1)));

        assertThat(cache.find(ONE)).isNull();
    }

    @Test
    void forgetsARemovedToken() {
        cache.put(ONE, token(Duration.ofMinutes(1)));
        cache.remove(ONE);

        assertThat(cache.find(ONE)).isNull();
    }

    @Test
    void remembersARejectedTokenBriefly() {
        cache.reject(ONE);
        assertThat(cache.wasRejected(ONE)).isTrue();
        assertThat(cache.wasRejected(Sha256Digest.of("two"))).isFalse();

        executors.pass(Duration.ofSeconds(10));
        assertThat(cache.wasRejected(ONE)).isFalse();
    }

    @Test
    @CoversOutage("known tokens: memory full of tokens")
    void aMillionTokensOccupyNoMoreMemoryThanTheLimit() {
        for (int i = 0; i < 500_000; i++) {
            cache.put(Sha256Digest.of("token " + i), token(Duration.ofHours(1)));
            cache.reject(Sha256Digest.of("forged " + i));
        }

        assertThat(cache.size()).isLessThanOrEqualTo(2_000);
    }

    @Test
    void tokensWithManyClaimsOccupyNoMoreMemoryThanTheLimit() {
        var small = new TokenCache(1_000, 1 << 20, executors);
        for (int i = 0; i < 1_000; i++) {
            small.put(Sha256Digest.of("token " + i), token(memberOfManyGroups(), Duration.ofHours(1)));
        }

        assertThat(small.size()).isBetween(10L, 200L); // each occupies more than 5 KiB
    }

    private static Principal memberOfManyGroups() {
        var groups = IntStream.range(0, 100).mapToObj(i -> "group " + i).toList();
        return Principal.of("ann")
                .withClaims(Json.object().put("groups", Json.texts(groups)).build());
    }
}
