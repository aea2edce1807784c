package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.InvalidTokenException.check;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.ThumbprintUtils;
import io.breakwater.adapter.http.identity.SigningAlgorithm.KeyType;
import io.breakwater.port.Json;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The public key in the header of a proof ({@code jwk}). Only the members of the thumbprint count (RFC 7638 section
 * 3.2), so that nothing else in the header, such as a certificate, has an effect.
 *
 * @param members the members of the thumbprint, in alphabetical order
 */
record ProofKey(Map<String, String> members) {
    private static final String REFUSAL = "The key of the proof (jwk) is not a public key for its algorithm.";
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]{1,2000}");
    private static final List<String> SECRET_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final List<String> CURVE_MEMBERS = List.of("crv", "kty", "x", "y");
    private static final List<String> PAIR_MEMBERS = List.of("crv", "kty", "x");
    private static final List<String> RSA_MEMBERS = List.of("e", "kty", "n");

    /** Checks the shape of a key without decoding it. */
    static ProofKey of(@Nullable Json jwk, KeyType type) throws InvalidTokenException {
        if (!(jwk instanceof Json.Obj key)) {
            throw new InvalidTokenException(REFUSAL);
        }
        check(SECRET_MEMBERS.stream().noneMatch(key::has), REFUSAL);
        var members = new LinkedHashMap<String, String>();
        for (var name : names(type)) {
            members.put(name, member(key, name, type));
        }
        return new ProofKey(members);
    }

    private static List<String> names(KeyType type) throws InvalidTokenException {
        return switch (type) {
            case P256, P384, P521 -> CURVE_MEMBERS;
            case ED25519 -> PAIR_MEMBERS;
            case RSA -> RSA_MEMBERS;
            case SECRET -> throw new InvalidTokenException(REFUSAL);
        };
    }

    private static String member(Json.Obj key, String name, KeyType type) throws InvalidTokenException {
        var value = key.text(name);
        var expected = expected(name, type);
        boolean valid =
                value != null && (expected == null ? BASE64URL.matcher(value).matches() : expected.equals(value));
        if (value == null || !valid) {
            throw new InvalidTokenException(REFUSAL);
        }
        return value;
    }

    private static @Nullable String expected(String name, KeyType type) {
        return switch (name) {
            case "kty" ->
                switch (type) {
                    case RSA -> "RSA";
                    case ED25519 -> "OKP";
                    default -> "EC";
                };
            case "crv" ->
                switch (type) {
                    case P256 -> "P-256";
                    case P384 -> "P-384";
                    case P521 -> "P-521";
                    default -> "Ed25519";
                };
            default -> null;
        };
    }

    /** Returns the thumbprint (RFC 7638) with SHA-256. */
    String thumbprint() {
        try {
            return ThumbprintUtils.compute("SHA-256", new LinkedHashMap<>(members))
                    .toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("The Java runtime has no SHA-256", e);
        }
    }

    /** Decodes the key; empty if it is not suited for the algorithm, for example because its point is not on the curve. */
    Optional<SignatureVerifier> verifier(SigningAlgorithm algorithm) {
        try {
            return PublishedKey.of(JWK.parse(new LinkedHashMap<String, Object>(members)))
                    .map(key -> key.verifiers().get(algorithm));
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
