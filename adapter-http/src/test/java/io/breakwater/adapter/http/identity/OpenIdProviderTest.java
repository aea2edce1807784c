package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.IdentityRig.AUDIENCE;
import static io.breakwater.adapter.http.identity.IdentityRig.verify;
import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.sample.identity.OpenIdProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The grants of the provider for tests, and that the server accepts their tokens. */
class OpenIdProviderTest {
    private static final String CALLBACK = "http://127.0.0.1/callback";

    /** The example of RFC 7636 appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final IdentityRig rig = new IdentityRig();
    private final OpenIdProvider provider = OpenIdProvider.start("/tenant", rig.clock, Keys.of("ES256"));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
        provider.close();
        rig.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + encode(one.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> token(Map<String, String> parameters) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(provider.uri("/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(parameters))));
    }

    private static Json.Obj json(HttpResponse<String> response) {
        return (Json.Obj) Json.parse(response.body());
    }

    private Principal principal(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        var verifier = rig.jwt(JwtIssuer.withMetadata(provider.issuer(), AUDIENCE));
        var token = Objects.requireNonNull(json(response).text("access_token"));
        return ((Valid) verify(verifier, token)).principal();
    }

    private String code(String client, String scope) throws IOException, InterruptedException {
        var query = form(Map.of(
                "response_type", "code",
                "client_id", client,
                "redirect_uri", CALLBACK,
                "code_challenge", CHALLENGE,
                "code_challenge_method", "S256",
                "state", "s1",
                "scope", scope,
                "resource", AUDIENCE));
        var response = send(HttpRequest.newBuilder(URI.create(provider.uri("/authorize") + "?" + query)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        var location = response.headers().firstValue("location").orElseThrow();
        assertThat(location).startsWith(CALLBACK + "?code=").endsWith("&state=s1&iss=" + provider.issuer());
        return location.substring((CALLBACK + "?code=").length(), location.indexOf('&'));
    }

    private HttpResponse<String> redeem(String client, String code, String verifier)
            throws IOException, InterruptedException {
        return token(Map.of(
                "grant_type", "authorization_code",
                "code", code,
                "client_id", client,
                "redirect_uri", CALLBACK,
                "code_verifier", verifier));
    }

    private String register() throws IOException, InterruptedException {
        var response = send(HttpRequest.newBuilder(provider.uri("/register"))
                .POST(BodyPublishers.ofString("""
                        {"redirect_uris": ["%s"], "token_endpoint_auth_method": "none"}""".formatted(CALLBACK))));
        assertThat(response.statusCode()).isEqualTo(201);
        return Objects.requireNonNull(json(response).text("client_id"));
    }

    @Test
    void aRegisteredClientGetsATokenForAUserAndTheResource() throws Exception {
        var client = register();
        var principal = principal(redeem(client, code(client, "read"), VERIFIER));

        assertThat(principal.kind()).isEqualTo(Principal.Kind.USER_VIA_CLIENT);
        assertThat(principal.client()).isEqualTo(client);
        assertThat(principal.scopes()).isEqualTo(Set.of("read"));
    }

    @Test
    void aClientWithAMetadataDocumentGetsAToken() throws Exception {
        var client = provider.uri("/client.json").toString();

        assertThat(principal(redeem(client, code(client, "read"), VERIFIER)).client())
                .isEqualTo(client);
    }

    @Test
    void aCodeIsValidOnceAndOnlyWithItsVerifier() throws Exception {
        var client = register();
        assertThat(redeem(client, code(client, "read"), "another").statusCode()).isEqualTo(400);

        var code = code(client, "read");
        assertThat(redeem(client, code, VERIFIER).statusCode()).isEqualTo(200);
        assertThat(redeem(client, code, VERIFIER).statusCode()).isEqualTo(400);
    }

    @Test
    void aRefreshedTokenBelongsToTheSamePrincipalWithFurtherScopes() throws Exception {
        var client = register();
        var first = redeem(client, code(client, "read"), VERIFIER);
        var second = token(Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                Objects.requireNonNull(json(first).text("refresh_token")),
                "client_id",
                client,
                "scope",
                "read write"));

        assertThat(principal(second).id()).isEqualTo(principal(first).id());
        assertThat(principal(second).scopes()).isEqualTo(Set.of("read", "write"));
    }

    @Test
    void aClientGetsATokenForItself() throws Exception {
        provider.addClient("robot", "secret");
        var response = token(Map.of(
                "grant_type", "client_credentials",
                "client_id", "robot",
                "client_secret", "secret",
                "resource", AUDIENCE));

        assertThat(principal(response).kind()).isEqualTo(Principal.Kind.CLIENT);
        assertThat(token(Map.of("grant_type", "client_credentials", "client_id", "robot", "client_secret", "wrong"))
                        .statusCode())
                .isEqualTo(401);
    }
}
