package io.breakwater.sample.identity;

import io.breakwater.port.Json;
import io.breakwater.sample.identity.ProviderClients.Client;
import io.breakwater.sample.identity.ProviderGrants.Code;
import io.breakwater.sample.identity.ProviderGrants.Grant;
import java.io.IOException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The authorization and token endpoints (OAuth 2.1), where users always consent. */
final class TokenEndpoint {
    private final String issuer;
    private final ProviderClients clients;
    private final ProviderGrants grants;
    private final BiFunction<Grant, String, String> accessToken;

    TokenEndpoint(
            String issuer,
            ProviderClients clients,
            ProviderGrants grants,
            BiFunction<Grant, String, String> accessToken) {
        this.issuer = issuer;
        this.clients = clients;
        this.grants = grants;
        this.accessToken = accessToken;
    }

    void authorize(ProviderRequest request) throws IOException {
        var client = clients.find(request.parameter("client_id"));
        var redirect = request.parameter("redirect_uri");
        if (client == null || !client.redirects().contains(redirect)) {
            request.refuse(400, "invalid_request", "The client or its redirect URI is unknown.");
            return;
        }
        boolean proof = request.parameter("code_challenge_method").equals("S256");
        var result = proof ? "code=" + code(request, client, redirect) : "error=invalid_request";
        request.redirect(redirect + (redirect.contains("?") ? "&" : "?") + result + "&state="
                + request.parameter("state") + "&iss=" + issuer);
    }

    private String code(ProviderRequest request, Client client, String redirect) {
        var grant = new Grant("alice", client.id(), request.parameter("scope"), request.parameter("resource"));
        return grants.code(new Code(grant, request.parameter("code_challenge"), redirect));
    }

    void token(ProviderRequest request) throws IOException {
        var client = clients.authenticate(request.credentials());
        if (client == null) {
            request.refuse(401, "invalid_client", "The client is unknown, or its secret is wrong.");
            return;
        }
        var grant = grant(request, client);
        if (grant == null || !grant.client().equals(client.id())) {
            request.refuse(400, "invalid_grant", "The grant is unknown, used, or belongs to another client.");
            return;
        }
        request.respond(200, response(grant, request.keyThumbprint()));
    }

    private @Nullable Grant grant(ProviderRequest request, Client client) {
        return switch (request.parameter("grant_type")) {
            case "authorization_code" -> redeemCode(request);
            case "refresh_token" -> refreshed(request);
            case "client_credentials" -> client.secret().isEmpty() ? null : forItself(request, client);
            default -> null;
        };
    }

    private @Nullable Grant redeemCode(ProviderRequest request) {
        var code = grants.redeemCode(request.parameter("code"));
        boolean right = code != null
                && code.isAnsweredBy(request.parameter("code_verifier"), request.parameter("redirect_uri"));
        return code != null && right ? code.grant() : null;
    }

    private @Nullable Grant refreshed(ProviderRequest request) {
        var grant = grants.redeemRefreshToken(request.parameter("refresh_token"));
        var scope = request.parameter("scope");
        return grant == null || scope.isEmpty() ? grant : grant.withScope(scope);
    }

    private static Grant forItself(ProviderRequest request, Client client) {
        return new Grant("", client.id(), request.parameter("scope"), request.parameter("resource"));
    }

    /** A token is bound to the key of the proof, if there is one. */
    private Json response(Grant grant, String keyThumbprint) {
        var response = Json.object()
                .put("access_token", accessToken.apply(grant, keyThumbprint))
                .put("token_type", keyThumbprint.isEmpty() ? "Bearer" : "DPoP")
                .put("expires_in", 3600L)
                .put("scope", grant.scope());
        return grant.subject().isEmpty()
                ? response.build()
                : response.put("refresh_token", grants.refreshToken(grant)).build();
    }
}
