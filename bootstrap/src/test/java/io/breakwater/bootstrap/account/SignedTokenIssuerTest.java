package io.breakwater.bootstrap.account;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breakwater.port.Json;
import io.breakwater.port.contract.TokenIssuerContract;
import io.breakwater.port.driven.TokenIssuer;
import io.breakwater.port.driven.TokenIssuer.TokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SignedTokenIssuerTest extends TokenIssuerContract {
    private static final byte[] SECRET = "7Jd0mVqkX2nTzRw8Lc5hBp3sYf6uGa9E".getBytes(US_ASCII);

    @Override
    protected TokenIssuer make(Instant now) {
        return new SignedTokenIssuer(SECRET, "breakwater", "https://mcp.example/mcp", InstantSource.fixed(now));
    }

    @Test
    void aTokenHasTheClaimsThatAVerifierRequires() {
        var token = make(Instant.parse("2026-03-01T12:00:00Z"))
                .issue(new TokenRequest("ann", "7", Set.of("writer", "reader"), "7-1", Duration.ofHours(1)));

        var parts = token.token().split("\\.", -1);
        assertThat(parts).hasSize(3);
        assertThat(decoded(parts[0])).isEqualTo(Json.parse("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"));
        assertThat(decoded(parts[1]))
                .isEqualTo(Json.object()
                        .put("iss", "breakwater")
                        .put("aud", "https://mcp.example/mcp")
                        .put("sub", "ann")
                        .put("user_id", "7")
                        .put("roles", Json.parse("[\"reader\",\"writer\"]"))
                        .put("iat", 1772366400)
                        .put("exp", 1772370000)
                        .put("jti", token.id())
                        .build());
    }

    @Test
    void aTokenIsSignedWithTheSecret() throws Exception {
        var token = make(Instant.now())
                .issue(new TokenRequest("ann", "ann", Set.of(), "", Duration.ofHours(1)))
                .token();

        int end = token.lastIndexOf('.');
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        var signature = mac.doFinal(token.substring(0, end).getBytes(US_ASCII));
        assertThat(token.substring(end + 1))
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }

    @Test
    void refusesAShortSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignedTokenIssuer(new byte[31], "i", "a", InstantSource.system()))
                .withMessage("The secret that signs tokens must have at least 32 bytes, but has 31.");
    }

    private static Json decoded(String part) {
        return Json.parse(new String(Base64.getUrlDecoder().decode(part), UTF_8));
    }
}
