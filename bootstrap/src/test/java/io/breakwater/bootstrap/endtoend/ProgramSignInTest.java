package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.apikey.ApiKeysEditor;
import io.breakwater.bootstrap.apikey.IssuedKey;
import io.breakwater.bootstrap.apikey.KeyRights;
import io.breakwater.bootstrap.apikey.NewKey;
import io.breakwater.port.Json;
import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.SigningKey;
import io.breakwater.sample.postgres.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that others wrote signs in to the program, which settings protect. Access rules require the scope
 * {@value GuardedServer#SCOPE}, and for {@code get_metrics} also {@value GuardedServer#FURTHER_SCOPE}.
 */
@Tag("npm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramSignInTest {
    private static final int SECRET_BYTES = 48;

    private static final String RULES = """
            [{"name": "read", "effect": "allow", "tools": ["health_check"], "scopes": ["mcp:read"]},
             {"name": "metrics", "effect": "allow", "tools": ["get_metrics"], "scopes": ["mcp:read", "metrics:read"]}]
            """;
    private static final String RULES_WITH_LOGIN = """
            [{"name": "login", "effect": "allow", "tools": ["login"], "subjects": ["anonymous"]},
             {"name": "accounts", "effect": "allow", "tools": ["health_check", "get_metrics"], "roles": ["operator"]}]
            """;
    private static final KeyRights RIGHTS =
            new KeyRights(List.of(), List.of(GuardedServer.SCOPE, GuardedServer.FURTHER_SCOPE), "");

    private final OpenIdProvider provider = OpenIdProvider.start(SigningKey.generate("key", "EdDSA"));
    private final Path keys = Scratch.folder("breakwater-keys").resolve("api_keys.json");
    private final IssuedKey key =
            new ApiKeysEditor(keys, InstantSource.system()).create(new NewKey("robot", RIGHTS, null));
    private NodeClients clients;
    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        clients = NodeClients.installed();
        provider.addClient("robot", "secret of the robot");
        int port = GuardedServer.freePort();
        server = RunningServer.start(
                port,
                Map.of(
                        "BREAKWATER_HTTP_PUBLIC_URL",
                        "http://127.0.0.1:" + port + "/mcp",
                        "BREAKWATER_AUTH_ISSUERS",
                        issuers(),
                        "BREAKWATER_AUTH_SCOPES",
                        GuardedServer.SCOPE,
                        "BREAKWATER_ACCESS_RULES",
                        RULES,
                        "BREAKWATER_AUTH_API_KEYS_FILE",
                        keys.toString(),
                        "BREAKWATER_OUTBOUND_ALLOWED",
                        "127.0.0.1"));
    }

    private String issuers() {
        return Json.array(Json.object().put("issuer", provider.issuer()).build())
                .toString();
    }

    @AfterAll
    void stop() {
        server.close();
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void aUserWithAClientThatRegisters(String era) throws Exception {
        clients.travel("sign-in", era, List.of("user", server.endpoint()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void aProgramWithClientCredentials(String era) throws Exception {
        clients.travel(
                "sign-in",
                era,
                List.of("program", server.endpoint(), provider.issuer(), "robot", "secret of the robot"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void aProgramWithAnApiKey(String era) throws Exception {
        clients.travel(
                "sign-in", era, List.of("key", server.endpoint(), key.parts().reveal()));
    }

    @Test
    void anAccountWithItsPassword() throws Exception {
        var postgres = PostgresServer.newest();
        var store = postgres.url(postgres.newDatabase(), "postgres");
        int port = GuardedServer.freePort();
        var variables = Map.of(
                "STORE_URL",
                store,
                "JWT_SECRET",
                secret(),
                "BREAKWATER_PACKS_AUTH",
                "true",
                "BREAKWATER_ACCESS_RULES",
                RULES_WITH_LOGIN,
                "BREAKWATER_HTTP_PUBLIC_URL",
                "http://127.0.0.1:" + port + "/mcp");
        try (var withLogin = RunningServer.start(port, variables)) {
            var password = newAccount(store);
            for (var era : List.of("legacy", "modern")) {
                clients.travel("sign-in", era, List.of("login", withLogin.endpoint(), "ada", password));
            }
        }
    }

    private static String secret() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Creates an account as an operator does, and returns its password. */
    private static String newAccount(String store) throws IOException, InterruptedException {
        var command = new ProcessBuilder(Distribution.command("account", "new", "ada", "--role", "operator"))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        command.environment().put("STORE_URL", store);
        var process = command.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().findFirst().orElseThrow();
    }
}
