package io.breakwater.bootstrap.cli;

import io.breakwater.port.Json;
import io.breakwater.port.driven.RevocationStore.TokenName;
import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.port.support.ApiKeyFormat.KeyParts;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    /** The id of a token that this server issues, or of all tokens of an account at a time. */
    private static final Pattern OWN_ID = Pattern.compile("(\\d+-\\d+\\.)?[A-Za-z0-9_-]{22}|\\d+-\\d+");

    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    /**
     * Reads a token, or the id of a token of this server.
     *
     * @param issuer the issuer of the token with the id; null for this server
     * @param own the issuer of the tokens of this server
     */
    static RevokedToken parse(String text, @Nullable String issuer, String own, Instant now) {
        refuseApiKey(text);
        var parts = text.split("\\.", -1);
        if (parts.length == 3) {
            return ofClaims(claims(parts[1]), now);
        }
        if (issuer == null && !OWN_ID.matcher(text).matches()) {
            throw neither();
        }
        return ofId(text, issuer == null ? own : issuer, now);
    }

    /** Returns the token with this id, which can have any form. */
    static RevokedToken ofId(String id, String issuer, Instant now) {
        refuseApiKey(id);
        if (id.isBlank()) {
            throw neither();
        }
        return new RevokedToken(new TokenName(issuer, id), now.plus(LONGEST_LIFETIME));
    }

    /** The list of revocations must not contain a secret. */
    private static void refuseApiKey(String text) {
        if (text.startsWith(ApiKeyFormat.PREFIX)) {
            throw new NoSuchElementException("That is an API key: use 'breakwater key revoke "
                    + ApiKeyFormat.parse(text).map(KeyParts::id).orElse("ID") + "'.");
        }
    }

    private static NoSuchElementException neither() {
        return new NoSuchElementException("The text is neither a token nor the id of a token that this server issued."
                + " For another id of a token, use --id ID.");
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
        throw neither();
    }
}
