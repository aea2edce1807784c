package io.breakwater.core.presentation.access;

import io.breakwater.core.presentation.interceptor.ScopeChallenges;
import io.breakwater.port.driving.Authentication.Challenge;
import io.breakwater.port.driving.HttpReplyHead;
import io.breakwater.server.settings.ProtectedResource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The challenges of the server (RFC 6750 section 3, RFC 9728 section 5.1). A request without a credential gets one
 * without {@code error}. With OAuth, a challenge says where the metadata of the resource is and which scopes to obtain;
 * without OAuth, it is the plain scheme.
 */
public final class Challenges implements ScopeChallenges {
    private static final String FIELD = "WWW-Authenticate";

    private final @Nullable String metadataUrl;
    private final List<String> scopes;
    private final String unauthenticated;

    private Challenges(@Nullable String metadataUrl, List<String> scopes) {
        this.metadataUrl = metadataUrl;
        this.scopes = scopes;
        this.unauthenticated = challenge("", scopes);
    }

    /** Returns the challenges of a server that serves the metadata of this resource. */
    public static Challenges of(ProtectedResource resource) {
        return new Challenges(ResourceMetadata.url(resource), resource.scopes());
    }

    /** Returns the challenges of a server whose metadata has this URL; null if the server uses API keys only. */
    public static Challenges withMetadata(@Nullable String metadataUrl) {
        return new Challenges(metadataUrl, List.of());
    }

    /** The answer to a request that has no credential, or one of an unsupported scheme. */
    Challenge unauthenticated() {
        return Challenge.of(
                unauthenticated,
                metadataUrl == null
                        ? "Send an API key in the header field X-API-Key, or as Authorization: Bearer <key>."
                        : "Send an access token or an API key as Authorization: Bearer <token>.");
    }

    /** The answer to a credential that is not valid. */
    Challenge invalidToken() {
        var description = "The credential is unknown, has expired or was revoked";
        return Challenge.of(
                error("invalid_token", description, scopes), description + ". Obtain a new one and send it.");
    }

    /** The answer to a malformed credential. */
    Challenge invalidRequest(String description) {
        var value = error("invalid_request", description, scopes);
        return new Challenge(400, Map.of(FIELD, value), description);
    }

    /** The answer after too many failures. */
    static Challenge tooManyFailures(Duration retryAfter) {
        var seconds = HttpReplyHead.seconds(retryAfter);
        return new Challenge(
                429,
                Map.of("Retry-After", seconds),
                "Too many credentials from this address were not valid. Retry in " + seconds
                        + " s, with a valid credential.");
    }

    @Override
    public String withoutCredential(Collection<String> required) {
        return challenge("", required);
    }

    @Override
    public String insufficientScope(Collection<String> required) {
        return error("insufficient_scope", "The operation requires more scopes", required);
    }

    private String error(String error, String description, Collection<String> scopeList) {
        return challenge("error=" + quoted(error) + ", error_description=" + quoted(description), scopeList);
    }

    private String challenge(String error, Collection<String> scopeList) {
        var value = new StringBuilder("Bearer");
        append(value, error);
        append(value, metadataUrl == null ? "" : "resource_metadata=" + quoted(metadataUrl));
        append(value, scopeList.isEmpty() ? "" : "scope=" + quoted(String.join(" ", scopeList)));
        return value.toString();
    }

    private static void append(StringBuilder value, String parameters) {
        if (!parameters.isEmpty()) {
            value.append(value.length() == "Bearer".length() ? " " : ", ").append(parameters);
        }
    }

    /** A quoted-string of RFC 9110 section 5.6.4. No part of a challenge has a quote, a backslash or a control. */
    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
