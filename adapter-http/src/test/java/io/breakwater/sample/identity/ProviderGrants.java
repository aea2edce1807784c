package io.breakwater.sample.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.breakwater.port.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a provider granted: codes, refresh tokens and opaque tokens. Each code and refresh token is valid once. */
final class ProviderGrants {
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, Grant> refreshTokens = new ConcurrentHashMap<>();
    private final Map<String, Json.Obj> opaqueTokens = new ConcurrentHashMap<>();

    /**
     * Consent of a user, or a client for itself.
     *
     * @param subject the user; empty if the client acts for itself
     * @param resource the resource (RFC 8707); empty if the client named none
     */
    record Grant(String subject, String client, String scope, String resource) {
        Grant withScope(String other) {
            return new Grant(subject, client, other, resource);
        }
    }

    /** A grant that waits for its code. */
    record Code(Grant grant, String challenge, String redirect) {
        boolean isAnsweredBy(String verifier, String redirectUri) {
            return redirect.equals(redirectUri) && challenge.equals(challengeOf(verifier));
        }
    }

    String code(Code code) {
        var text = UUID.randomUUID().toString();
        codes.put(text, code);
        return text;
    }

    @Nullable
    Code redeemCode(String code) {
        return codes.remove(code);
    }

    String refreshToken(Grant grant) {
        var token = UUID.randomUUID().toString();
        refreshTokens.put(token, grant);
        return token;
    }

    @Nullable
    Grant redeemRefreshToken(String token) {
        return refreshTokens.remove(token);
    }

    String opaqueToken(Json.Obj claims) {
        var token = UUID.randomUUID().toString().replace("-", "");
        opaqueTokens.put(token, claims);
        return token;
    }

    Json.@Nullable Obj claims(String opaqueToken) {
        return opaqueTokens.get(opaqueToken);
    }

    void revoke(String token) {
        opaqueTokens.remove(token);
        refreshTokens.remove(token);
    }

    /** The challenge of a code verifier with the method S256 (RFC 7636). */
    static String challengeOf(String verifier) {
        try {
            return SigningKey.encoded(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
