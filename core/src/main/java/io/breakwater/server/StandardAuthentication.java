package io.breakwater.server;

import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;

import io.breakwater.port.Principal;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.driven.Revocations;
import io.breakwater.port.driven.TokenVerifier;
import io.breakwater.server.settings.AuthenticationLimits;
import io.breakwater.server.settings.ProtectedResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The standard authentication of a server: callers send an API key or an access token, in {@code Authorization: Bearer}
 * or {@code X-API-Key}. The checks that cost little come first, verified tokens are cached, and the failures of an
 * address have a budget. Immutable.
 *
 * <pre>{@code
 * Breakwater.named("shop").authentication(StandardAuthentication.of(keys))
 * }</pre>
 *
 * @param apiKeys the API keys that the server accepts
 * @param verifiers the verifiers of access tokens; the first that recognizes a token verifies it
 * @param revocations the tokens that were revoked before they expired
 * @param resource the server as a protected resource, so that clients find the issuers of tokens; null if the server
 *     uses API keys only
 * @param dpop access tokens that are bound to a key of the client; null to refuse them. It requires a resource
 * @param credential the API key or token of the process that started a stdio server; null if it has none
 * @param localPrincipal the process that started a stdio server, if it has no credential
 * @param anonymousPrincipal callers over the network without a credential; null to refuse them
 * @param publicTools if not empty, the only tools that callers without a credential may use
 * @param limits the limits of authentication
 */
public record StandardAuthentication(
        ApiKeys apiKeys,
        List<TokenVerifier> verifiers,
        Revocations revocations,
        @Nullable ProtectedResource resource,
        @Nullable DpopSettings dpop,
        @Nullable String credential,
        Principal localPrincipal,
        @Nullable Principal anonymousPrincipal,
        Set<String> publicTools,
        AuthenticationLimits limits) {

    /** Refuses null where a value is required, and public tools without {@link Principal#ANONYMOUS}. */
    public StandardAuthentication {
        notNull(apiKeys, "StandardAuthentication.apiKeys");
        verifiers = nonNullCopy(verifiers, "StandardAuthentication.verifiers");
        notNull(revocations, "StandardAuthentication.revocations");
        notNull(localPrincipal, "StandardAuthentication.localPrincipal");
        publicTools = nonNullCopy(publicTools, "StandardAuthentication.publicTools");
        notNull(limits, "StandardAuthentication.limits");
        if (!publicTools.isEmpty() && !Objects.equals(anonymousPrincipal, Principal.ANONYMOUS)) {
            throw new IllegalArgumentException(
                    "StandardAuthentication.publicTools are for callers without a credential,"
                            + " so anonymousPrincipal must be Principal.ANONYMOUS.");
        }
    }

    /** Returns an authentication by these API keys. Without a credential, a stdio caller is the principal {@code local}. */
    public static StandardAuthentication of(ApiKeys keys) {
        return new StandardAuthentication(
                keys,
                List.of(),
                Revocations.NONE,
                null,
                null,
                null,
                Principal.of("local"),
                null,
                Set.of(),
                AuthenticationLimits.standard());
    }

    /** Returns this authentication with one more verifier of access tokens. */
    public StandardAuthentication withVerifier(TokenVerifier verifier) {
        var all = new ArrayList<>(verifiers);
        all.add(verifier);
        return copy(
                all, revocations, resource, dpop, credential, localPrincipal, anonymousPrincipal, publicTools, limits);
    }

    /** Returns this authentication, which refuses these tokens. */
    public StandardAuthentication withRevocations(Revocations source) {
        return copy(
                verifiers, source, resource, dpop, credential, localPrincipal, anonymousPrincipal, publicTools, limits);
    }

    /** Returns this authentication, which tells clients where to obtain access tokens. */
    public StandardAuthentication withResource(ProtectedResource metadata) {
        return copy(
                verifiers,
                revocations,
                metadata,
                dpop,
                credential,
                localPrincipal,
                anonymousPrincipal,
                publicTools,
                limits);
    }

    /**
     * Returns this authentication, which accepts access tokens that are bound to a key of the client. It requires {@link
     * #withResource}, because each proof is for the URL of the server.
     */
    public StandardAuthentication withDpop(@Nullable DpopSettings settings) {
        return copy(
                verifiers,
                revocations,
                resource,
                settings,
                credential,
                localPrincipal,
                anonymousPrincipal,
                publicTools,
                limits);
    }

    /** Returns this authentication with the credential of the process that started a stdio server. */
    public StandardAuthentication withCredential(@Nullable String text) {
        return copy(
                verifiers, revocations, resource, dpop, text, localPrincipal, anonymousPrincipal, publicTools, limits);
    }

    /** Returns this authentication with another principal for stdio callers without a credential. */
    public StandardAuthentication withLocalPrincipal(Principal principal) {
        return copy(
                verifiers, revocations, resource, dpop, credential, principal, anonymousPrincipal, publicTools, limits);
    }

    /**
     * Returns this authentication, which accepts network callers without a credential as this principal. A server with it
     * listens only on loopback addresses, unless its HTTP settings admit anonymous callers.
     */
    public StandardAuthentication withAnonymousPrincipal(@Nullable Principal principal) {
        return copy(verifiers, revocations, resource, dpop, credential, localPrincipal, principal, Set.of(), limits);
    }

    /**
     * Returns this authentication, which lets network callers without a credential use these tools only, for example a
     * tool that issues tokens. All other definitions are unknown to them. Access rules can restrict them further.
     */
    public StandardAuthentication withPublicTools(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("withPublicTools(...) needs the name of at least one tool.");
        }
        var tools = Set.of(names);
        return copy(
                verifiers, revocations, resource, dpop, credential, localPrincipal, Principal.ANONYMOUS, tools, limits);
    }

    /** Returns this authentication with other limits. */
    public StandardAuthentication withLimits(AuthenticationLimits other) {
        return copy(
                verifiers,
                revocations,
                resource,
                dpop,
                credential,
                localPrincipal,
                anonymousPrincipal,
                publicTools,
                other);
    }

    private StandardAuthentication copy(
            List<TokenVerifier> newVerifiers,
            Revocations newRevocations,
            @Nullable ProtectedResource newResource,
            @Nullable DpopSettings newDpop,
            @Nullable String newCredential,
            Principal newLocalPrincipal,
            @Nullable Principal newAnonymousPrincipal,
            Set<String> newPublicTools,
            AuthenticationLimits newLimits) {
        return new StandardAuthentication(
                apiKeys,
                newVerifiers,
                newRevocations,
                newResource,
                newDpop,
                newCredential,
                newLocalPrincipal,
                newAnonymousPrincipal,
                newPublicTools,
                newLimits);
    }

    /** Returns a text without the credential. */
    @Override
    public String toString() {
        return "StandardAuthentication[verifiers=" + verifiers.size() + ", resource=" + resource + "]";
    }
}
