package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of tokens, usually the authorization server of an identity provider.
 *
 * @param issuer the required value of the claim {@code iss}
 * @param audiences the accepted values of the claim {@code aud}; empty for the public URL of the server
 * @param keySet the URL of its keys (JWKS); null to take it from the metadata of the issuer
 * @param algorithms the accepted signature algorithms; empty for those that the program prefers
 * @param rolesClaim the claim with the roles
 * @param scopeClaim the claim with the scopes
 * @param tenantClaim the claim with the tenant; null for none
 * @param introspection where tokens are checked that are not signed (RFC 7662); null for nowhere
 */
public record IssuerSettings(
        String issuer,
        List<String> audiences,
        @Nullable URI keySet,
        List<String> algorithms,
        String rolesClaim,
        String scopeClaim,
        @Nullable String tenantClaim,
        @Nullable IntrospectionSettings introspection) {

    /**
     * How tokens are introspected.
     *
     * @param url the URL of the endpoint
     * @param clientId the id with which the server authenticates there
     * @param clientSecret the secret with which it does
     */
    public record IntrospectionSettings(URI url, String clientId, SecretValue clientSecret) {}

    /** Copies the lists. */
    public IssuerSettings {
        audiences = List.copyOf(audiences);
        algorithms = List.copyOf(algorithms);
    }

    /** Returns these settings with this claim for the tenant, unless they name one. */
    IssuerSettings withDefaultTenantClaim(@Nullable String claim) {
        return tenantClaim != null || claim == null
                ? this
                : new IssuerSettings(
                        issuer, audiences, keySet, algorithms, rolesClaim, scopeClaim, claim, introspection);
    }

    /**
     * Returns whether the issuer may sign tokens: the address of its keys is configured, or in its metadata. An issuer
     * whose tokens are introspected need not be a URL; then it has no metadata.
     */
    public boolean hasKeys() {
        return keySet != null || introspection == null || isUrl();
    }

    /** Returns whether the issuer is a URL, at which clients find its metadata. */
    public boolean isUrl() {
        return UrlType.isIdentifier(issuer);
    }

    /** Returns the values for a report, with the secrets masked. */
    Json json() {
        var json = Json.object()
                .put("issuer", UrlText.masked(issuer))
                .put("audience", Json.texts(audiences))
                .putIfPresent("jwks-url", keySet == null ? null : UrlText.masked(keySet.toString()))
                .put("algorithms", Json.texts(algorithms))
                .put("roles-claim", rolesClaim)
                .put("scope-claim", scopeClaim)
                .putIfPresent("tenant-claim", tenantClaim);
        if (introspection != null) {
            json.put(
                    "introspection",
                    Json.object()
                            .put("url", UrlText.masked(introspection.url().toString()))
                            .put("client-id", introspection.clientId())
                            .put("client-secret", introspection.clientSecret().toString())
                            .build());
        }
        return json.build();
    }
}
