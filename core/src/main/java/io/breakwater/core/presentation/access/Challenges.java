package io.breakwater.core.presentation.access;

import io.breakwater.core.business.authentication.CredentialResult.Refused;
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
 * The challenges of the server (RFC 6750 section 3, RFC 9449 section 7.1, RFC 9728 section 5.1). A request without a
 * credential gets one without {@code error}. With OAuth, a challenge says where the metadata of the resource is and
 * which scopes to obtain; without OAuth, it is the plain scheme. If the server accepts two schemes, an error belongs to
 * the one that the request used.
 */
public final class Challenges implements ScopeChallenges {
    private static final String FIELD = "WWW-Authenticate";
    private static final String UNKNOWN = "The credential is unknown, has expired or was revoked";

    private final @Nullable String metadataUrl;
    private final List<String> scopes;
    private final TokenSchemes schemes;
    private final String unauthenticated;

    private Challenges(@Nullable String metadataUrl, List<String> scopes, TokenSchemes schemes) {
        this.metadataUrl = metadataUrl;
        this.scopes = scopes;
        this.schemes = schemes;
        this.unauthenticated = schemes.challenge(parameters(scopes));
    }

    /** Returns the challenges of a server that serves the metadata of this resource. */
    public static Challenges of(ProtectedResource resource, TokenSchemes schemes) {
        return new Challenges(ResourceMetadata.url(resource), resource.scopes(), schemes);
    }

    /** Returns the challenges of a server whose metadata has this URL; null if the server uses API keys only. */
    public static Challenges withMetadata(@Nullable String metadataUrl) {
        return new Challenges(metadataUrl, List.of(), TokenSchemes.BEARER_ONLY);
    }

    /** Returns the schemes for tokens. */
    TokenSchemes schemes() {
        return schemes;
    }

    /** The answer to a request that has no credential, or one of an unsupported scheme. */
    Challenge unauthenticated() {
        return Challenge.of(unauthenticated, advice());
    }

    private String advice() {
        if (!schemes.bearer()) {
            return "Send an access token as Authorization: DPoP <token>, with a proof in the header field DPoP.";
        }
        return metadataUrl == null
                ? "Send an API key in the header field X-API-Key, or as Authorization: Bearer <key>."
                : "Send an access token or an API key as Authorization: Bearer <token>.";
    }

    /**
     * The answer to a credential that is not valid.
     *
     * @param scheme the scheme that the request used
     */
    Challenge refusal(String scheme, Refused refused) {
        return switch (refused.reason()) {
            case BOUND_TOKEN -> boundToken();
            case UNBOUND_TOKEN, WRONG_KEY ->
                invalid(
                        scheme,
                        "invalid_token",
                        "The token is not bound to the key of the proof",
                        "The token is not bound to the key of the proof. Obtain a token for this key.");
            case INVALID_PROOF, REUSED_PROOF ->
                invalid(scheme, "invalid_dpop_proof", refused.detail(), refused.detail());
            default -> invalid(scheme, "invalid_token", UNKNOWN, UNKNOWN + ". Obtain a new one and send it.");
        };
    }

    private Challenge boundToken() {
        return invalid(
                TokenSchemes.BEARER,
                "invalid_token",
                "The token is bound to a key",
                schemes.dpop()
                        ? "The token is bound to a key. Send it as Authorization: DPoP <token>, with a proof."
                        : "The token is bound to a key. This server accepts only tokens that are not.");
    }

    private Challenge invalid(String scheme, String error, String description, String message) {
        return Challenge.of(schemes.challenge(scheme, error(error, description), parameters(scopes)), message);
    }

    /** The answer to a malformed credential. */
    Challenge invalidRequest(String description) {
        var scheme = schemes.bearer() ? TokenSchemes.BEARER : TokenSchemes.DPOP;
        var value = schemes.challenge(scheme, error("invalid_request", description), parameters(scopes));
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
        return schemes.challenge(parameters(required));
    }

    @Override
    public String insufficientScope(Collection<String> required) {
        var error = error("insufficient_scope", "The operation requires more scopes");
        return schemes.challengeOfAll(error, parameters(required));
    }

    private static String error(String error, String description) {
        return "error=" + quoted(error) + ", error_description=" + quoted(description);
    }

    private String parameters(Collection<String> scopeList) {
        var metadata = metadataUrl == null ? "" : "resource_metadata=" + quoted(metadataUrl);
        var scope = scopeList.isEmpty() ? "" : "scope=" + quoted(String.join(" ", scopeList));
        return metadata + (metadata.isEmpty() || scope.isEmpty() ? "" : ", ") + scope;
    }

    /** A quoted-string of RFC 9110 section 5.6.4. No part of a challenge has a quote, a backslash or a control. */
    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
