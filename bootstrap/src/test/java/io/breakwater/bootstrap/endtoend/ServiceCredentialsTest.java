package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.apikey.ApiKeysEditor;
import io.breakwater.bootstrap.apikey.IssuedKey;
import io.breakwater.bootstrap.apikey.KeyRights;
import io.breakwater.bootstrap.apikey.NewKey;
import io.breakwater.bootstrap.endtoend.RecordingServer.Received;
import io.breakwater.bootstrap.endtoend.RecordingServer.Reply;
import io.breakwater.port.Json;
import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.SigningKey;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.client.ToolCallResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The server as it is shipped authenticates to services in the ways that settings name, for users with signed tokens and
 * for a program with an API key.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceCredentialsTest {
    private static final int CALLS = 5;
    private static final String RULES = """
            [{"name": "all", "effect": "allow", "tools": ["api_request"], "scopes": ["read"]}]
            """;

    private final SigningKey signingKey = SigningKey.generate("key", "ES256");
    private final OpenIdProvider provider = OpenIdProvider.start(signingKey);
    private final TokenServer tokens = new TokenServer();
    private final TokenServer absent = new TokenServer();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final RecordingServer service = RecordingServer.start(this::respond);
    private final Path folder = Scratch.folder("breakwater-credentials");
    private final Path keys = folder.resolve("api_keys.json");
    private final IssuedKey apiKey = new ApiKeysEditor(keys, InstantSource.system())
            .create(new NewKey("robot", new KeyRights(List.of(), List.of("read"), ""), null));
    private final int port = GuardedServer.freePort();
    private final String publicUrl = "http://127.0.0.1:" + port + "/mcp";
    private RunningServer server;

    /** Responds with 401 to credentials that a test has refused. */
    private Reply respond(Received request) {
        return refused.contains(request.field("authorization")) ? new Reply(401, "{}") : new Reply(200, "{}");
    }

    @BeforeAll
    void start() throws IOException, InterruptedException {
        var variables = new HashMap<String, String>();
        variables.put("BREAKWATER_HTTP_PUBLIC_URL", publicUrl);
        variables.put(
                "BREAKWATER_AUTH_ISSUERS",
                Json.array(Json.object().put("issuer", provider.issuer()).build())
                        .toString());
        variables.put("BREAKWATER_ACCESS_RULES", RULES);
        variables.put("BREAKWATER_AUTH_API_KEYS_FILE", keys.toString());
        variables.put("BREAKWATER_OUTBOUND_ALLOWED", "127.0.0.1");
        variables.put("RATE_LIMIT", "off");
        variables.put("BREAKWATER_LIMITS_RATE_PRINCIPAL", "off");
        for (var name : List.of("LEDGER", "ARCHIVE", "CRM", "VAULT", "CATALOG", "PRICE_LIST")) {
            variables.put("BREAKWATER_SERVICES_" + name + "_URLS", service.url());
        }
        oauth2(variables, "LEDGER", "client-credentials");
        oauth2(variables, "ARCHIVE", "client-credentials");
        oauth2(variables, "CRM", "token-exchange");
        oauth2(variables, "VAULT", "client-credentials");
        absent.close();
        variables.put("BREAKWATER_SERVICES_VAULT_OAUTH2_URL", absent.url());
        variables.put("BREAKWATER_SERVICES_LEDGER_OAUTH2_SCOPES", "ledger:read,ledger:write");
        variables.put("API_KEY_CATALOG", "key-from-the-environment");
        variables.put("API_KEY_PRICE_LIST_FILE", secretFile("price-list", "key-from-a-file"));
        server = RunningServer.start(port, variables);
    }

    private void oauth2(Map<String, String> variables, String name, String grant) throws IOException {
        var prefix = "BREAKWATER_SERVICES_" + name + "_OAUTH2_";
        variables.put(prefix + "GRANT", grant);
        variables.put(prefix + "URL", tokens.url());
        variables.put(prefix + "CLIENT_ID", TokenServer.CLIENT);
        variables.put(prefix + "CLIENT_SECRET_FILE", secretFile(name, TokenServer.SECRET));
        variables.put(prefix + "AUDIENCE", name);
    }

    private String secretFile(String name, String secret) throws IOException {
        return Files.writeString(folder.resolve(name), secret + "\n").toString();
    }

    @AfterAll
    void stop() throws IOException {
        var log = server.log();
        server.close();
        service.close();
        tokens.close();
        provider.close();
        assertThat(log).doesNotContain(TokenServer.SECRET, "issued-token-", "key-from-", "eyJ");
    }

    private String userToken(String user) {
        return provider.token(publicUrl)
                .claim("sub", user)
                .claim("jti", "token of " + user)
                .sign(signingKey);
    }

    /** Requests a path of a service, which tells the requests of the tests apart. */
    private ToolCallResult call(String credential, String name, String path) {
        try (var client = McpClients.withToken(server.endpoint(), credential).connect()) {
            return client.call(
                    "api_request",
                    Json.object()
                            .put("service", name)
                            .put("method", "GET")
                            .put("endpoint", path)
                            .build());
        }
    }

    private void callRepeatedly(String credential, String name, String path) {
        for (int i = 0; i < CALLS; i++) {
            var result = call(credential, name, path);
            assertThat(result.isError()).as(result.text()).isFalse();
        }
    }

    private List<Received> received(String path) {
        return service.received().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    private static Predicate<Received> carries(String credential) {
        return request -> request.fields().values().stream().anyMatch(value -> value.contains(credential));
    }

    @Test
    void oneTokenOfTheServerServesAllCallers() {
        var user = userToken("ada");
        callRepeatedly(user, "ledger", "/accounts");
        callRepeatedly(apiKey.parts().reveal(), "ledger", "/accounts");

        assertThat(tokens.grants("LEDGER")).singleElement().satisfies(grant -> {
            assertThat(grant.parameters())
                    .containsEntry("grant_type", TokenServer.CLIENT_CREDENTIALS)
                    .containsEntry("scope", "ledger:read ledger:write")
                    .doesNotContainKey("subject_token");
            assertThat(received("/accounts"))
                    .hasSize(2 * CALLS)
                    .allSatisfy(request ->
                            assertThat(request.field("authorization")).isEqualTo("Bearer " + grant.token()));
        });
        assertThat(service.received())
                .noneMatch(carries(user))
                .noneMatch(carries(apiKey.parts().reveal()));
    }

    @Test
    void eachUserHasATokenOfTheirOwn() {
        var ada = userToken("ada at the crm");
        var bob = userToken("bob at the crm");
        for (int i = 0; i < CALLS; i++) {
            assertThat(call(ada, "crm", "/of-ada").isError()).isFalse();
            assertThat(call(bob, "crm", "/of-bob").isError()).isFalse();
        }

        assertThat(tokens.exchanges(ada)).singleElement().satisfies(grant -> {
            assertThat(grant.parameters())
                    .containsEntry("grant_type", TokenServer.TOKEN_EXCHANGE)
                    .containsEntry("audience", "CRM");
            assertThat(received("/of-ada")).hasSize(CALLS).allMatch(carries("Bearer " + grant.token()));
        });
        assertThat(tokens.exchanges(bob))
                .singleElement()
                .satisfies(grant ->
                        assertThat(received("/of-bob")).hasSize(CALLS).allMatch(carries("Bearer " + grant.token())));
        assertThat(tokens.exchanges(ada).getFirst().token())
                .isNotEqualTo(tokens.exchanges(bob).getFirst().token());
        assertThat(service.received()).noneMatch(carries(ada)).noneMatch(carries(bob));
    }

    @Test
    void aTokenThatTheServiceRefusesIsReplaced() {
        var eve = userToken("eve");
        var others = userToken("another user");
        callRepeatedly(eve, "crm", "/of-eve");
        callRepeatedly(others, "crm", "/of-another");
        refused.add("Bearer " + tokens.exchanges(eve).getFirst().token());

        var first = call(eve, "crm", "/of-eve");
        Eventually.holds(() -> !call(eve, "crm", "/of-eve").isError());

        assertThat(first.isError()).isTrue();
        assertThat(first.text()).contains("EXTERNAL_ERROR", "responded with status 401");
        assertThat(tokens.exchanges(eve)).hasSize(2);
        callRepeatedly(others, "crm", "/of-another");
        assertThat(tokens.exchanges(others)).hasSize(1);
    }

    @Test
    void aTokenOfTheServerThatTheServiceRefusesIsReplaced() {
        var user = userToken("grace");
        callRepeatedly(user, "archive", "/archive");
        refused.add("Bearer " + tokens.grants("ARCHIVE").getFirst().token());

        assertThat(call(user, "archive", "/archive").text()).contains("EXTERNAL_ERROR", "responded with status 401");
        Eventually.holds(() -> !call(user, "archive", "/archive").isError());

        assertThat(tokens.grants("ARCHIVE")).hasSize(2);
    }

    @Test
    void aCallerWithAnApiKeyHasNothingToExchange() {
        var result = call(apiKey.parts().reveal(), "crm", "/of-a-robot");

        assertThat(result.isError()).isTrue();
        assertThat(result.text())
                .contains(
                        "FORBIDDEN",
                        "Calls to crm need an access token of the caller, and this call has none. Authenticate with a token,"
                                + " and not with an API key.");
        assertThat(received("/of-a-robot")).isEmpty();
    }

    @Test
    void aUserWhoseTokenIsNotExchangedCannotCall() {
        var mallory = userToken("mallory");
        tokens.refuse(mallory);

        var result = call(mallory, "crm", "/of-mallory");

        assertThat(result.isError()).isTrue();
        assertThat(result.text())
                .contains("FORBIDDEN", "The authorization server of crm issues no token for this call");
        assertThat(received("/of-mallory")).isEmpty();
    }

    @Test
    void withoutAResponseOfTheTokenEndpointNothingIsSent() throws IOException {
        var result = call(userToken("ivan"), "vault", "/vault");

        assertThat(result.isError()).isTrue();
        assertThat(result.text())
                .contains(
                        "EXTERNAL_ERROR",
                        "The server cannot authenticate to vault: the token endpoint does not respond.")
                .doesNotContain("127.0.0.1");
        assertThat(received("/vault")).isEmpty();
        Eventually.holds(() -> server.log()
                .contains("its token endpoint does not respond: " + absent.url().replace("/token", "")));
    }

    @Test
    void anApiKeyComesFromAVariableOrAFile() {
        var user = userToken("heidi");
        callRepeatedly(user, "catalog", "/catalog");
        callRepeatedly(user, "price-list", "/prices");

        assertThat(received("/catalog"))
                .hasSize(CALLS)
                .allMatch(request -> request.field("x-api-key").equals("key-from-the-environment"));
        assertThat(received("/prices"))
                .hasSize(CALLS)
                .allMatch(request -> request.field("x-api-key").equals("key-from-a-file"));
        assertThat(service.received()).noneMatch(carries(user));
    }

    @Test
    void healthChecksCarryNoCredentials() {
        Eventually.holds(() -> !service.checks().isEmpty());

        assertThat(service.checks())
                .allSatisfy(check -> assertThat(check.fields()).doesNotContainKeys("authorization", "x-api-key"));
    }
}
