package io.breakwater.core.data.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Principal;
import io.breakwater.port.contract.RevocationsContract;
import io.breakwater.port.driven.Revocations;
import io.breakwater.port.driven.TokenVerifier.Valid;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The contract on the smallest source that keeps it, and the source without revoked tokens. */
class SetRevocationsTest extends RevocationsContract {
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    @Override
    protected Revocations make() {
        return token -> revoked.contains(key(token));
    }

    @Override
    protected void revoke(Valid token) {
        revoked.add(key(token));
    }

    @Override
    protected void await(BooleanSupplier condition) {
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static String key(Valid token) {
        return token.principal().issuer() + " " + token.tokenId();
    }

    @Test
    void theDefaultRevokesNoToken() {
        assertThat(Revocations.NONE.isRevoked(new Valid(Principal.of("ann"), Instant.MAX, "one")))
                .isFalse();
    }
}
