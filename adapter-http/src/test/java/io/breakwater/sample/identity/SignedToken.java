package io.breakwater.sample.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A signed token in preparation, good or forged. Immutable: each method returns another one.
 *
 * @param header the header without {@code alg} and {@code kid}, which {@link #sign} adds unless they are present
 * @param claims the claims
 */
public record SignedToken(Json.Obj header, Json.Obj claims) {

    /** A good token of this issuer for the user {@code alice}, which expires after an hour. */
    public static SignedToken of(String issuer, String audience, Instant now) {
        return new SignedToken(
                Json.object().put("typ", "at+jwt").build(),
                Json.object()
                        .put("iss", issuer)
                        .put("sub", "alice")
                        .put("aud", audience)
                        .put("exp", now.getEpochSecond() + 3600)
                        .put("iat", now.getEpochSecond())
                        .put("jti", "token-1")
                        .put("scope", "read write")
                        .put("roles", Json.array(Json.of("analyst")))
                        .build());
    }

    /** Sets a parameter of the header. */
    public SignedToken header(String name, Json value) {
        return new SignedToken(with(header, name, value), claims);
    }

    /** Removes a parameter of the header. */
    public SignedToken withoutHeader(String name) {
        return new SignedToken(without(header, name), claims);
    }

    /** Sets a claim. */
    public SignedToken claim(String name, Json value) {
        return new SignedToken(header, with(claims, name, value));
    }

    /** Sets a claim. */
    public SignedToken claim(String name, String value) {
        return claim(name, Json.of(value));
    }

    /** Removes a claim. */
    public SignedToken withoutClaim(String name) {
        return new SignedToken(header, without(claims, name));
    }

    private static Json.Obj with(Json.Obj object, String name, Json value) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.put(name, value);
        return new Json.Obj(members);
    }

    private static Json.Obj without(Json.Obj object, String name) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.remove(name);
        return new Json.Obj(members);
    }

    /** Signs the token. */
    public String sign(SigningKey key) {
        var complete = header.has("alg") ? this : header("alg", Json.of(key.algorithm()));
        complete = complete.header.has("kid") ? complete : complete.header("kid", Json.of(key.id()));
        return compact(complete.header.toString(), complete.claims.toString(), key);
    }

    /** Signs any texts as header and payload. */
    public static String compact(String header, String payload, SigningKey key) {
        var input = encoded(header) + "." + encoded(payload);
        return input + "." + SigningKey.encoded(key.sign(input));
    }

    /** Returns the token with this text in place of the signature. */
    public String withSignature(String signature) {
        return encoded(header.toString()) + "." + encoded(claims.toString()) + "." + signature;
    }

    private static String encoded(String text) {
        return SigningKey.encoded(text.getBytes(UTF_8));
    }
}
