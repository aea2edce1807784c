package io.breakwater.sample.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.jwk.JWK;
import io.breakwater.port.Json;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Proofs of possession (DPoP, RFC 9449) of a client, and the thumbprints of its keys. */
public final class DpopProof {
    private DpopProof() {}

    /** Returns a good proof for a request with an access token; a test may change it before it signs it. */
    public static SignedToken of(SigningKey key, String method, String url, String token, Instant now) {
        return forTokenRequest(key, method, url, now).claim("ath", hash(token));
    }

    /** Returns a good proof for a request to a token endpoint. */
    public static SignedToken forTokenRequest(SigningKey key, String method, String url, Instant now) {
        return new SignedToken(
                Json.object().put("typ", "dpop+jwt").put("jwk", publicKey(key)).build(),
                Json.object()
                        .put("jti", UUID.randomUUID().toString())
                        .put("htm", method)
                        .put("htu", url)
                        .put("iat", now.getEpochSecond())
                        .build());
    }

    /** Returns the public key as a client sends it. */
    public static Json.Obj publicKey(SigningKey key) {
        var jwk = Json.object();
        key.published().members().forEach((name, value) -> {
            if (!name.equals("kid") && !name.equals("use") && !name.equals("alg")) {
                jwk.put(name, value);
            }
        });
        return jwk.build();
    }

    /** Returns the thumbprint (RFC 7638) of a public key, as another implementation computes it. */
    public static String thumbprint(Json.Obj publicKey) {
        try {
            return JWK.parse(publicKey.toString()).computeThumbprint().toString();
        } catch (ParseException | com.nimbusds.jose.JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns the thumbprint of a key. */
    public static String thumbprint(SigningKey key) {
        return thumbprint(publicKey(key));
    }

    /** Returns the claim {@code cnf} that binds a token to a key. */
    public static Json.Obj confirmation(String thumbprint) {
        return Json.object().put("jkt", thumbprint).build();
    }

    /** Returns the claim {@code ath} for a token. */
    public static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
