package io.breakwater.adapter.http.identity;

import static io.breakwater.port.support.SettingChecks.atMost;
import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNegative;
import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * An issuer of opaque tokens, which says what a token means (RFC 7662).
 *
 * @param issuer the issuer of the principals. A response with another {@code iss} is refused
 * @param endpoint the address of the introspection endpoint: an https URL; http is allowed on this machine
 * @param clientId the id with which the server authenticates to the endpoint
 * @param clientSecret the secret of this client; the text form does not contain it
 * @param audiences the accepted values of {@code aud}: the public URL of the server (RFC 8707)
 * @param audienceRequired whether a response without {@code aud} is refused. Only an issuer whose tokens are all meant
 *     for this server can do without
 * @param signedTokens whether tokens that look like signed ones (JWT) are also sent to the endpoint
 * @param clockSkew the maximum difference between the clocks of the issuer and the server; at most 60 seconds
 * @param claims the claims from which a principal gets its rights
 * @param cache how long the responses count
 */
public record IntrospectionSettings(
        String issuer,
        URI endpoint,
        String clientId,
        String clientSecret,
        Set<String> audiences,
        boolean audienceRequired,
        boolean signedTokens,
        Duration clockSkew,
        ClaimMapping claims,
        Cache cache) {

    /** Refuses invalid values. */
    public IntrospectionSettings {
        check(!notNull(issuer, "IntrospectionSettings.issuer").isBlank(), "issuer must not be empty.");
        check(
                SecureUrl.isSecure(notNull(endpoint, "IntrospectionSettings.endpoint")),
                "endpoint must be an https URL with a host name.");
        check(!notNull(clientId, "IntrospectionSettings.clientId").isEmpty(), "clientId must not be empty.");
        notNull(clientSecret, "IntrospectionSettings.clientSecret");
        audiences = nonNullCopy(audiences, "IntrospectionSettings.audiences");
        check(
                !audiences.isEmpty() || !audienceRequired,
                "audiences must not be empty, because an audience is required.");
        JwtIssuer.checkSkew(clockSkew, "IntrospectionSettings.clockSkew");
        notNull(claims, "IntrospectionSettings.claims");
        notNull(cache, "IntrospectionSettings.cache");
    }

    /** Returns settings with an audience, which is required. */
    public static IntrospectionSettings of(
            String issuer, URI endpoint, String clientId, String clientSecret, String audience) {
        return new IntrospectionSettings(
                issuer,
                endpoint,
                clientId,
                clientSecret,
                Set.of(audience),
                true,
                false,
                JwtIssuer.DEFAULT_CLOCK_SKEW,
                ClaimMapping.DEFAULT,
                Cache.DEFAULT);
    }

    /** Returns these settings with another cache. */
    public IntrospectionSettings withCache(Cache other) {
        return new IntrospectionSettings(
                issuer,
                endpoint,
                clientId,
                clientSecret,
                audiences,
                audienceRequired,
                signedTokens,
                clockSkew,
                claims,
                other);
    }

    /** Returns these settings for an issuer that names no audience. */
    public IntrospectionSettings withoutAudience() {
        return new IntrospectionSettings(
                issuer, endpoint, clientId, clientSecret, audiences, false, signedTokens, clockSkew, claims, cache);
    }

    /** Returns these settings with signed tokens sent to the endpoint too. */
    public IntrospectionSettings withSignedTokens() {
        return new IntrospectionSettings(
                issuer, endpoint, clientId, clientSecret, audiences, audienceRequired, true, clockSkew, claims, cache);
    }

    @Override
    public String toString() {
        return "IntrospectionSettings[issuer=" + issuer + ", endpoint=" + endpoint + ", clientId=" + clientId
                + ", clientSecret=******]";
    }

    /**
     * How long responses count.
     *
     * @param valid the maximum time for which a token counts as valid; a revocation takes effect after it
     * @param timeout the maximum time of one request
     */
    public record Cache(Duration valid, Duration timeout) {
        /** A minute, and five seconds for a request. */
        public static final Cache DEFAULT = new Cache(Duration.ofSeconds(60), Duration.ofSeconds(5));

        private static final long MAX_DAYS = 1;

        /** Refuses invalid values. */
        public Cache {
            notNegative(valid, "IntrospectionSettings.Cache.valid");
            atMost(MAX_DAYS, valid, "IntrospectionSettings.Cache.valid");
            positive(timeout, MAX_DAYS, "IntrospectionSettings.Cache.timeout");
        }
    }
}
