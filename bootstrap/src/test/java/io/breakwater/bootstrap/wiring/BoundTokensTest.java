package io.breakwater.bootstrap.wiring;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.port.Json;
import io.breakwater.port.driven.ProofVerifier.ProvedRequest;
import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.identity.DpopProof;
import io.breakwater.sample.identity.ForgedProofs;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.SigningKey;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.server.Breakwater;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that settings configure, and clients with real keys whose tokens a provider binds to these (RFC 9449). */
class BoundTokensTest {
    private static final String PUBLIC_URL = "https://tools.example.com/mcp";
    private static final String METADATA =
            "resource_metadata=\"https://tools.example.com/.well-known/oauth-protected-resource/mcp\"";
    private static final String DPOP = "DPoP algs=\"ES256 ES384 ES512 EdDSA Ed25519 PS256 RS256\", " + METADATA;
    private static final String BEARER = "Bearer " + METADATA;
    private static final int CLIENTS = 16;
    private static final int MIN_FORGED = 75;

    private final OpenIdProvider provider = OpenIdProvider.start(SigningKey.generate("key", "ES256"));
    private final SigningKey key = SigningKey.generate("client", "ES256");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CapturedLog log = CapturedLog.of("io.breakwater");
    private final List<Breakwater> servers = new ArrayList<>();

    BoundTokensTest() {
        provider.addClient("robot", "secret of the robot");
        provider.addClient("server", "secret of the server");
    }

    @AfterEach
    void close() {
        servers.forEach(Breakwater::close);
        http.shutdownNow();
        provider.close();
        log.close();
    }

    /** Starts a server, and returns the URL on which it listens. */
    private URI start(String accept) {
        var folder = Scratch.folder("breakwater-dpop");
        var variables = Map.of(
                "BREAKWATER_AUTH_ISSUERS",
                issuers(),
                "BREAKWATER_AUTH_ACCEPT",
                accept,
                "BREAKWATER_AUTH_API_KEYS_FILE",
                folder.resolve("keys.json").toString(),
                "BREAKWATER_HTTP_PORT",
                "0",
                "BREAKWATER_HTTP_PUBLIC_URL",
                PUBLIC_URL,
                "BREAKWATER_OUTBOUND_ALLOWED",
                "127.0.0.1");
        var sources = new ConfigurationSources(null, variables, List.of(), folder);
        var components = ApplicationComponent.of(Configuration.load(sources));
        var transport = components.http();
        servers.add(components.server().serve(transport));
        return URI.create(transport.address());
    }

    private String issuers() {
        var introspection = Json.object()
                .put("url", provider.uri("/introspect").toString())
                .put("client-id", "server")
                .put("client-secret", "secret of the server");
        return Json.array(Json.object()
                        .put("issuer", provider.issuer())
                        .put("introspection", introspection.build())
                        .build())
                .toString();
    }

    /** Obtains a token for a client as a client does, and returns the response of the provider. */
    private Json.Obj token(SigningKey clientKey) throws Exception {
        var endpoint = provider.uri("/token");
        var proof = DpopProof.forTokenRequest(clientKey, "POST", endpoint.toString(), Instant.now());
        var form = "grant_type=client_credentials&client_id=robot&client_secret=" + encode("secret of the robot", UTF_8)
                + "&resource=" + encode(PUBLIC_URL, UTF_8);
        var request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("DPoP", proof.sign(clientKey))
                .POST(BodyPublishers.ofString(form));
        return (Json.Obj)
                Json.parse(http.send(request.build(), BodyHandlers.ofString()).body());
    }

    private String accessToken(SigningKey clientKey) throws Exception {
        return Objects.requireNonNull(token(clientKey).text("access_token"));
    }

    private static HttpRequest request(URI server, String authorization, String... proofs) {
        var request = HttpRequest.newBuilder(server)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/list")
                .header("Authorization", authorization);
        for (var proof : proofs) {
            request.header("DPoP", proof);
        }
        var meta = Json.object()
                .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
                .put("io.modelcontextprotocol/clientCapabilities", Json.Obj.EMPTY);
        var body = Json.object()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", "tools/list")
                .put("params", Json.object().put("_meta", meta.build()).build());
        return request.POST(BodyPublishers.ofString(body.build().toString())).build();
    }

    private HttpResponse<String> call(URI server, String authorization, String... proofs) throws Exception {
        return http.send(request(server, authorization, proofs), BodyHandlers.ofString());
    }

    private static String proof(SigningKey clientKey, String token) {
        return DpopProof.of(clientKey, "POST", PUBLIC_URL, token, Instant.now()).sign(clientKey);
    }

    private static String challenge(HttpResponse<String> response) {
        return response.headers().firstValue("WWW-Authenticate").orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "EdDSA", "RS256"})
    void aClientWithAKeyOfEachKindIsAccepted(String algorithm) throws Exception {
        var server = start("dpop");
        var clientKey = SigningKey.generate("client", algorithm);
        var response = token(clientKey);
        var token = Objects.requireNonNull(response.text("access_token"));

        assertThat(response.text("token_type")).isEqualTo("DPoP");
        for (int i = 0; i < 3; i++) {
            var answer = call(server, "DPoP " + token, proof(clientKey, token));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    @Test
    void anOpaqueTokenIsBoundByTheAnswerOfItsIssuer() throws Exception {
        provider.issueOpaqueTokens();
        var server = start("both");
        var token = accessToken(key);
        var other = SigningKey.generate("other", "ES256");

        assertThat(call(server, "DPoP " + token, proof(key, token)).statusCode())
                .isEqualTo(200);
        assertThat(challenge(call(server, "DPoP " + token, proof(other, token))))
                .startsWith(BEARER + ", DPoP error=\"invalid_token\"");
        assertThat(challenge(call(server, "Bearer " + token))).startsWith("Bearer error=\"invalid_token\"");
    }

    @Test
    void aBoundTokenIsNoBearerTokenAlsoWithoutTheSetting() throws Exception {
        var token = accessToken(key);
        var refusal = "Bearer error=\"invalid_token\", error_description=\"The token is bound to a key\", " + METADATA;

        var server = start("bearer");
        assertThat(challenge(call(server, "Bearer " + token))).isEqualTo(refusal);
        assertThat(challenge(call(server, "Bearer " + token, proof(key, token))))
                .isEqualTo(refusal);
        assertThat(challenge(call(server, "DPoP " + token, proof(key, token)))).isEqualTo(BEARER);
        assertThat(challenge(call(start("both"), "Bearer " + token))).isEqualTo(refusal + ", " + DPOP);
        assertThat(challenge(call(start("dpop"), "Bearer " + token))).isEqualTo(DPOP);
    }

    @Test
    void theMetadataNamesTheAlgorithms() throws Exception {
        var document = start("dpop").resolve("/.well-known/oauth-protected-resource/mcp");
        var response = http.send(HttpRequest.newBuilder(document).build(), BodyHandlers.ofString());
        var json = (Json.Obj) Json.parse(response.body());

        assertThat(json.get("dpop_bound_access_tokens_required")).isEqualTo(Json.Bool.TRUE);
        assertThat(json.get("dpop_signing_alg_values_supported"))
                .isEqualTo(Json.texts(List.of("ES256", "ES384", "ES512", "EdDSA", "Ed25519", "PS256", "RS256")));
    }

    @Test
    void everyForgedProofIsRefusedWithTheReasonAndNothingOfItAppearsAnywhere() throws Exception {
        var server = start("dpop");
        var token = accessToken(key);
        var request = new ProvedRequest("POST", PUBLIC_URL, token);
        var names = ForgedProofs.of(key, request, Instant.now()).keySet();

        assertThat(names).hasSizeGreaterThan(MIN_FORGED);
        for (var name : names) {
            // A proof is good for a minute, so each one is made when it is sent.
            var forged = Objects.requireNonNull(
                    ForgedProofs.of(key, request, Instant.now()).get(name));
            var answer = call(server, "DPoP " + token, forged.proof());
            assertThat(answer.statusCode()).as(name).isEqualTo(401);
            assertThat(challenge(answer)).as(name).isEqualTo(invalidProof(forged.reason()));
            assertThat(answer.body() + answer.headers()).as(name).doesNotContain(token, "eyJ");
        }
        assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(token) || line.contains("eyJ"));
        assertThat(call(server, "DPoP " + token, proof(key, token)).statusCode())
                .isEqualTo(200);
    }

    private static String invalidProof(String description) {
        return DPOP.replace("DPoP ", "DPoP error=\"invalid_dpop_proof\", error_description=\"" + description + "\", ");
    }

    @Test
    void aProofWithAForgedSignatureOrAnotherKeyIsRefused() throws Exception {
        var server = start("dpop");
        var token = accessToken(key);
        var thief = SigningKey.generate("thief", "ES256");
        var forged = DpopProof.of(key, "POST", PUBLIC_URL, token, Instant.now()).sign(thief);

        assertThat(challenge(call(server, "DPoP " + token, forged)))
                .isEqualTo(invalidProof("The signature of the proof is not valid."));
        assertThat(challenge(call(server, "DPoP " + token, proof(thief, token))))
                .isEqualTo(DPOP.replace(
                        "DPoP ",
                        "DPoP error=\"invalid_token\","
                                + " error_description=\"The token is not bound to the key of the proof\", "));
        assertThat(challenge(call(server, "DPoP " + token, proof(key, token), proof(key, token))))
                .isEqualTo(invalidProof("The request must have exactly one header field DPoP."));
    }

    @Test
    void ofConcurrentRequestsWithOneProofExactlyOneIsAccepted() throws Exception {
        var server = start("dpop");
        var token = accessToken(key);
        assertThat(call(server, "DPoP " + token, proof(key, token)).statusCode())
                .isEqualTo(200);
        var request = request(server, "DPoP " + token, proof(key, token));

        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < CLIENTS; i++) {
            answers.add(http.sendAsync(request, BodyHandlers.ofString()));
        }

        int accepted = 0;
        for (var answer : answers) {
            if (answer.get().statusCode() == 200) {
                accepted++;
            } else {
                assertThat(challenge(answer.get()))
                        .isEqualTo(invalidProof("The proof was used before. Each request needs a new one."));
            }
        }
        assertThat(accepted).isEqualTo(1);
    }
}
