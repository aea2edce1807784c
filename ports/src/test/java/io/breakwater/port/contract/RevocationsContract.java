package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Principal;
import io.breakwater.port.driven.Revocations;
import io.breakwater.port.driven.TokenVerifier.Valid;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What every {@link Revocations} must do: recognize the revoked token of an issuer, and no other. */
public abstract class RevocationsContract {
    private static final Instant EXPIRES = Instant.parse("2040-01-31T12:00:00Z");

    /** Creates a source without revoked tokens. */
    protected abstract Revocations make() throws Exception;

    /** Revokes a token. */
    protected abstract void revoke(Valid token) throws Exception;

    /** Returns when the condition holds, and fails when it does not hold in time. */
    protected abstract void await(BooleanSupplier condition);

    private static Valid token(String issuer, String id) {
        return new Valid(Principal.of(issuer, "ann"), EXPIRES, id);
    }

    @Test
    void noTokenIsRevokedAtFirst() throws Exception {
        assertThat(make().isRevoked(token("https://issuer.example", "one"))).isFalse();
    }

    @Test
    void recognizesARevokedTokenWithoutARestart() throws Exception {
        var revocations = make();
        var token = token("https://issuer.example", "one");
        assertThat(revocations.isRevoked(token)).isFalse();

        revoke(token);
        await(() -> revocations.isRevoked(token));

        assertThat(revocations.isRevoked(token("https://issuer.example", "one")))
                .isTrue();
    }

    @Test
    void otherTokensStayValid() throws Exception {
        var revocations = make();
        revoke(token("https://issuer.example", "one"));
        await(() -> revocations.isRevoked(token("https://issuer.example", "one")));

        assertThat(revocations.isRevoked(token("https://issuer.example", "two")))
                .isFalse();
        assertThat(revocations.isRevoked(token("https://other.example", "one"))).isFalse();
        assertThat(revocations.isRevoked(token("https://issuer.example", ""))).isFalse();
    }
}
