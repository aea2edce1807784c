package io.breakwater.adapter.http.identity;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNegative;
import static io.breakwater.port.support.SettingChecks.notNull;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * An issuer whose signed tokens are accepted, and what they must contain.
 *
 * @param issuer the exact value of the claim {@code iss}
 * @param audiences the accepted values of the claim {@code aud}: the public URL of the server (RFC 8707)
 * @param algorithms the accepted algorithms. The type of a key, and the algorithm that the issuer gives for it, restrict
 *     them further
 * @param keys where the keys are
 * @param clockSkew the maximum difference between the clocks of the issuer and the server; at most 60 seconds
 * @param requireAccessTokenType whether the header must have the type {@code at+jwt} (RFC 9068)
 * @param claims the claims from which a principal gets its rights
 */
public record JwtIssuer(
        String issuer,
        Set<String> audiences,
        Set<SigningAlgorithm> algorithms,
        KeyLocation keys,
        Duration clockSkew,
        boolean requireAccessTokenType,
        ClaimMapping claims) {
    static final Duration DEFAULT_CLOCK_SKEW = Duration.ofSeconds(30);
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(60);

    /** Refuses invalid values. */
    public JwtIssuer {
        check(!notNull(issuer, "JwtIssuer.issuer").isBlank(), "issuer must not be empty.");
        audiences = nonNullCopy(audiences, "JwtIssuer.audiences");
        check(
                !audiences.isEmpty(),
                "audiences must not be empty: without an audience, tokens for other servers would be" + " accepted.");
        algorithms = nonNullCopy(algorithms, "JwtIssuer.algorithms");
        notNull(keys, "JwtIssuer.keys").check(issuer, algorithms);
        checkSkew(clockSkew, "JwtIssuer.clockSkew");
        notNull(claims, "JwtIssuer.claims");
    }

    static void checkSkew(Duration clockSkew, String component) {
        notNegative(clockSkew, component);
        check(
                clockSkew.compareTo(MAX_CLOCK_SKEW) <= 0,
                "clockSkew must be at most 60 seconds, but is " + clockSkew + ".");
    }

    /** Returns an issuer that signs with HS256 and this secret. */
    public static JwtIssuer withSecret(String issuer, String audience, byte[] secret) {
        return with(issuer, audience, Set.of(SigningAlgorithm.HS256), new KeyLocation.SharedSecret(secret));
    }

    /** Returns an issuer that publishes its keys at this address. */
    public static JwtIssuer withKeySet(String issuer, String audience, URI keySet) {
        return with(issuer, audience, SigningAlgorithm.asymmetric(), new KeyLocation.KeySet(keySet));
    }

    /** Returns an issuer that publishes the address of its keys in its metadata (RFC 8414, OpenID Connect Discovery). */
    public static JwtIssuer withMetadata(String issuer, String audience) {
        return with(issuer, audience, SigningAlgorithm.asymmetric(), new KeyLocation.Metadata());
    }

    private static JwtIssuer with(String issuer, String audience, Set<SigningAlgorithm> algorithms, KeyLocation keys) {
        return new JwtIssuer(
                issuer, Set.of(audience), algorithms, keys, DEFAULT_CLOCK_SKEW, false, ClaimMapping.DEFAULT);
    }

    /** Returns this issuer with these accepted algorithms. */
    public JwtIssuer withAlgorithms(Set<SigningAlgorithm> others) {
        return new JwtIssuer(issuer, audiences, others, keys, clockSkew, requireAccessTokenType, claims);
    }

    /** Returns this issuer with another clock skew. */
    public JwtIssuer withClockSkew(Duration other) {
        return new JwtIssuer(issuer, audiences, algorithms, keys, other, requireAccessTokenType, claims);
    }

    /** Returns this issuer with tokens of the type {@code at+jwt} only. */
    public JwtIssuer withAccessTokenType() {
        return new JwtIssuer(issuer, audiences, algorithms, keys, clockSkew, true, claims);
    }

    /** Returns this issuer with other claims. */
    public JwtIssuer withClaims(ClaimMapping others) {
        return new JwtIssuer(issuer, audiences, algorithms, keys, clockSkew, requireAccessTokenType, others);
    }
}
