package io.breakwater.bootstrap.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.http.outbound.OutboundSettings;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.SigningKey;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AccessRules;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of {@code docs/embedding.md} about authentication and access do what the page says. */
class EmbeddingGuideAccessTest {
    private static final String RESOURCE = "https://tools.example.com/mcp";

    @TempDir
    private Path classes = Path.of("");

    private URLClassLoader load(String example) throws Exception {
        EmbeddingGuideTest.compile(example, classes);
        return new URLClassLoader(new URL[] {classes.toUri().toURL()});
    }

    private static @Nullable Object invoke(ClassLoader loader, String type, String name, Object... arguments)
            throws Exception {
        var method = Arrays.stream(loader.loadClass(type).getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        return method.invoke(null, arguments);
    }

    private static BreakwaterBuilder server(String... tools) {
        var builder = Breakwater.named("guide");
        for (var name : tools) {
            builder.tool(Tool.named(name)
                    .description("Returns the subject and its roles.")
                    .handler((arguments, call) -> ToolResult.text(
                            call.principal().subject() + " " + call.principal().roles())));
        }
        return builder;
    }

    @Test
    void acceptsTwoApiKeysAndTheTokensOfTheIssuer() throws Exception {
        var reports = ApiKeyFormat.generate().reveal();
        var backup = ApiKeyFormat.generate().reveal();
        var signingKey = SigningKey.generate("first", "ES256");
        var builder = server("me");
        try (var loader = load("ShopAuthentication");
                var provider = OpenIdProvider.start(signingKey)) {
            var outbound = OutboundSettings.defaults().withAllowed(List.of("127.0.0.1"));
            invoke(loader, "ShopAuthentication", "addTo", builder, provider.issuer(), outbound, reports, backup);
            var token = provider.token(RESOURCE).claim("groups", "support");
            try (var server = builder.build()) {
                assertThat(answer(server, reports)).isEqualTo("reports [analyst]");
                assertThat(answer(server, backup)).isEqualTo("backup []");
                assertThat(answer(server, token.sign(signingKey)))
                        .contains("alice")
                        .endsWith("[support]");
                refuses(server, ApiKeyFormat.generate().reveal());
                refuses(
                        server,
                        token.claim("aud", "https://other.example.com/mcp").sign(signingKey));
                assertThatThrownBy(() -> InMemoryClient.of(server).tools())
                        .hasMessageContaining("Send an access token");
            }
        }
    }

    private static String answer(Breakwater server, String credential) {
        try (var client = EmbeddingGuideTest.client(server, credential)) {
            return client.call("me").text();
        }
    }

    private static void refuses(Breakwater server, String credential) {
        assertThatThrownBy(() -> answer(server, credential)).hasMessageContaining("is unknown, has expired");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "support | orders:read | acme    | find_order | {}               | Allowed",
                "support | none        | acme    | find_order | {}               | ScopesRequired",
                "sales   | orders:read | acme    | find_order | {}               | Denied",
                "sales   | none        | acme    | export     | {\"region\":\"eu\"} | Allowed",
                "sales   | none        | acme    | export     | {\"region\":\"us\"} | Denied",
                "sales   | none        | partner | export     | {\"region\":\"eu\"} | Denied"
            })
    void theRulesDecide(String role, String scope, String tenant, String tool, String arguments, String expected)
            throws Exception {
        var caller = Principal.of("ann")
                .withRoles(Set.of(role))
                .withScopes(Set.of(scope))
                .withTenant(tenant);
        try (var loader = load("ShopRules");
                var server = server("find_order", "export")
                        .accessRules(requireNonNull((AccessRules) invoke(loader, "ShopRules", "rules")))
                        .build()) {
            assertThat(decision(server, caller, tool, object(arguments))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lookup | {}                      | {}               | Allowed",
                "refund | {}                      | {\"amount\":1}     | Denied",
                "refund | {\"refund_limit\":\"50\"} | {\"amount\":1}     | Denied",
                "refund | {\"refund_limit\":50}     |                  | Allowed",
                "refund | {\"refund_limit\":50}     | {\"amount\":50}    | Allowed",
                "refund | {\"refund_limit\":50}     | {\"amount\":50.01} | Denied",
                "refund | {\"refund_limit\":50}     | {}               | Denied"
            })
    void thePolicyDecides(String tool, String claims, @Nullable String arguments, String expected) throws Exception {
        var caller = Principal.of("ann").withClaims(object(claims));
        try (var loader = load("RefundLimit");
                var server = server("lookup", "refund")
                        .accessPolicy((AccessPolicy)
                                loader.loadClass("RefundLimit").getConstructor().newInstance())
                        .build()) {
            assertThat(decision(server, caller, tool, arguments == null ? null : object(arguments)))
                    .isEqualTo(expected);
        }
    }

    private static String decision(Breakwater server, Principal caller, String tool, Json.@Nullable Obj arguments) {
        return server.explainAccess(caller, TargetKind.TOOL, tool, arguments)
                .decision()
                .getClass()
                .getSimpleName();
    }

    private static Json.Obj object(String text) {
        return (Json.Obj) Json.parse(text);
    }
}
