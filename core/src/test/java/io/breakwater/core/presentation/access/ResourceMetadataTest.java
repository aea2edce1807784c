package io.breakwater.core.presentation.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Request;
import io.breakwater.port.driving.HttpResource.Response;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.StandardAuthentication;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.ProtectedResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceMetadataTest {
    private static final TokenSchemes BEARER = TokenSchemes.BEARER_ONLY;
    private static final ProtectedResource RESOURCE = new ProtectedResource(
            "https://example.com/tools/mcp", List.of("https://issuer.example"), List.of("mcp:call"));

    private static Response get(HttpResource resource) {
        return resource.handler()
                .answer(new Request("GET", "", HeaderFields.NONE))
                .toCompletableFuture()
                .join();
    }

    private static List<String> paths(ProtectedResource resource) {
        return ResourceMetadata.httpResources(resource, "Tools", BEARER).stream()
                .map(HttpResource::path)
                .toList();
    }

    @Test
    void theDocumentSaysWhatAClientNeedsToObtainAToken() {
        var response =
                get(ResourceMetadata.httpResources(RESOURCE, "Tools", BEARER).getFirst());

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.contentType()).isEqualTo("application/json");
        assertThat(new String(((HttpResource.Complete) response.body()).bytes(), UTF_8))
                .isEqualTo("""
                {"resource":"https://example.com/tools/mcp","authorization_servers":["https://issuer.example"],\
                "scopes_supported":["mcp:call"],"bearer_methods_supported":["header"],"resource_name":"Tools"}""");
        assertThat(response.fields()).isEqualTo(Map.of("Cache-Control", "public, max-age=3600"));
    }

    @Test
    void theDocumentNamesTheAlgorithmsOfProofsAndWhetherTheyAreRequired() {
        var algorithms = List.of("ES256", "EdDSA");

        assertThat(document(new TokenSchemes(true, algorithms)))
                .contains("\"dpop_signing_alg_values_supported\":[\"ES256\",\"EdDSA\"]")
                .doesNotContain("dpop_bound_access_tokens_required");
        assertThat(document(new TokenSchemes(false, algorithms)))
                .contains("\"dpop_signing_alg_values_supported\":[\"ES256\",\"EdDSA\"],"
                        + "\"dpop_bound_access_tokens_required\":true");
    }

    private static String document(TokenSchemes schemes) {
        var response =
                get(ResourceMetadata.httpResources(RESOURCE, "Tools", schemes).getFirst());
        return new String(((HttpResource.Complete) response.body()).bytes(), UTF_8);
    }

    @Test
    void everyWebPageMayReadTheDocument() {
        assertThat(ResourceMetadata.httpResources(RESOURCE, "Tools", BEARER))
                .allMatch(resource -> resource.access().equals(HttpResource.Access.ANY_ORIGIN)
                        && resource.listener() == HttpResource.Listener.PUBLIC);
    }

    @Test
    void isBelowEveryPathThatAClientOrAProxyMayUse() {
        assertThat(paths(RESOURCE))
                .containsExactly(
                        "/.well-known/oauth-protected-resource/tools/mcp",
                        "/.well-known/oauth-protected-resource/mcp",
                        "/.well-known/oauth-protected-resource");
        assertThat(paths(new ProtectedResource("https://example.com", List.of("https://issuer.example"), List.of())))
                .containsExactly("/.well-known/oauth-protected-resource");
        assertThat(ResourceMetadata.url(RESOURCE))
                .isEqualTo("https://example.com/.well-known/oauth-protected-resource/tools/mcp");
    }

    @Test
    void aServerWithIssuersServesItAndAdvertisesTheExtensions() {
        try (var server = Breakwater.named("t")
                .title("Tools")
                .authentication(StandardAuthentication.of(ApiKeys.NONE)
                        .withResource(RESOURCE)
                        .withAnonymousPrincipal(Principal.ANONYMOUS))
                .build()) {
            var capabilities = ModernRequests.http(server, "{}")
                    .ask("server/discover", "{}")
                    .result()
                    .object("capabilities");

            assertThat(server.host().resources())
                    .anyMatch(resource -> resource.path().endsWith("/tools/mcp"));
            assertThat(capabilities.object("extensions").members().keySet())
                    .containsExactly(
                            "io.modelcontextprotocol/tasks",
                            "io.modelcontextprotocol/oauth-client-credentials",
                            "io.modelcontextprotocol/enterprise-managed-authorization");
        }
    }

    @Test
    void aChallengeOfAMissingScopeIsTheSameForEachScheme() {
        var parameters = "error=\"insufficient_scope\", error_description=\"The operation requires more scopes\",";
        var rest = " resource_metadata=\"https://example.com/.well-known/oauth-protected-resource/tools/mcp\","
                + " scope=\"a\"";

        assertThat(Challenges.of(RESOURCE, new TokenSchemes(true, List.of("ES256")))
                        .insufficientScope(List.of("a")))
                .isEqualTo("Bearer " + parameters + rest + ", DPoP " + parameters + " algs=\"ES256\"," + rest);
    }

    @Test
    void aChallengeForScopesNamesTheDocument() {
        var member = Principal.of("ann");
        try (var server = Breakwater.named("t")
                .authentication(StandardAuthentication.of(ApiKeys.NONE)
                        .withResource(RESOURCE)
                        .withAnonymousPrincipal(member))
                .tool(Tool.named("write")
                        .description("Writes.")
                        .requiresScope("b", "a")
                        .handler((args, call) -> ToolResult.text("w")))
                .build()) {
            assertThat(ModernRequests.http(server, "{}").call("write").status())
                    .isEqualTo(new ReplyStatus.Forbidden("Bearer error=\"insufficient_scope\","
                            + " error_description=\"The operation requires more scopes\","
                            + " resource_metadata="
                            + "\"https://example.com/.well-known/oauth-protected-resource/tools/mcp\", scope=\"a b\""));
        }
    }
}
