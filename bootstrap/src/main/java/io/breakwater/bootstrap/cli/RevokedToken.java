package io.breakwater.bootstrap.cli;

import io.breakwater.port.Json;
import io.breakwater.port.driven.RevocationStore.TokenName;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.NoSuchElementException;

/**
 * A token to revoke. Its signature is not verified, because a revocation gives no rights.
 *
 * @param name the name of the token
 * @param expires when its revocation may be forgotten
 */
record RevokedToken(TokenName name, Instant expires) {
    /** The tolerance for differences between the clocks of servers. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** The longest lifetime of a token, for ids that do not say when their token expires. */
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(366);

    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    /** Reads a token, or the id of a token. */
    static RevokedToken parse(String text, String issuer, Instant now) {
        var parts = text.split("\\.", -1);
        return parts.length == 3
                ? ofClaims(claims(parts[1]), now)
                : new RevokedToken(new TokenName(issuer, text), now.plus(LONGEST_LIFETIME));
    }

    private static RevokedToken ofClaims(Json.Obj claims, Instant now) {
        var id = claims.text("jti");
        var issuer = claims.text("iss");
        if (id == null || id.isEmpty() || issuer == null) {
            throw new NoSuchElementException(
                    "The token has no id (jti) or no issuer (iss), so it cannot be revoked before it expires.");
        }
        var expires = claims.get("exp") instanceof Json.Decimal(BigDecimal seconds) && isTime(seconds)
                ? Instant.ofEpochSecond(seconds.longValue()).plus(CLOCK_SKEW)
                : now.plus(LONGEST_LIFETIME);
        return new RevokedToken(new TokenName(issuer, id), expires);
    }

    private static boolean isTime(BigDecimal seconds) {
        return seconds.signum() >= 0 && seconds.compareTo(LAST_SECOND) <= 0;
    }

    private static Json.Obj claims(String payload) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
            if (Json.parse(text) instanceof Json.Obj claims) {
                return claims;
            }
        } catch (RuntimeException malformed) {
            // Not a token.
        }
        throw new NoSuchElementException("The text is neither a token nor the id of one.");
    }
}
