package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.sample.postgres.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts and tokens from the shell to a real store, and the login of a server with this store. */
@Tag("server")
class AccountCommandsTest {
    private static final String SECRET = "7Jd0mVqkX2nTzRw8Lc5hBp3sYf6uGa9E";

    private final PostgresServer server = PostgresServer.newest();

    @TempDir
    private Path folder = Path.of("");

    private CommandRun breakwater = new CommandRun(folder);

    @BeforeEach
    void shell() {
        breakwater = new CommandRun(folder)
                .variable("STORE_URL", server.url(server.newDatabase(), "postgres"))
                .variable("JWT_SECRET", SECRET)
                .variable("BREAKWATER_PACKS_AUTH", "true")
                .variable("BREAKWATER_AUTH_JWT_AUDIENCE", "https://mcp.example/mcp");
    }

    private String firstLine() {
        return breakwater.out().lines().findFirst().orElseThrow();
    }

    private String newAccount(String name) {
        assertThat(breakwater.run("account", "new", name, "--role", "reader,writer"))
                .isZero();
        assertThat(breakwater.out()).contains("it is not shown again");
        return firstLine();
    }

    private int login(String name, String password) {
        return breakwater.run("call", "login", "username=" + name, "password=" + password, "-o", "json");
    }

    private Json.Obj result() {
        return ((Json.Obj) Json.parse(breakwater.out())).object("structuredContent");
    }

    private static Json.Obj claims(String token) {
        var payload = token.split("\\.", -1)[1];
        return (Json.Obj) Json.parse(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }

    @Test
    void aNewAccountLogsInAndGetsAToken() {
        var password = newAccount("Ann@Example.com");

        assertThat(login("ann@example.com", password)).isZero();

        var result = result();
        assertThat(result.text("user")).isEqualTo("ann@example.com");
        assertThat(result.get("permissions")).isEqualTo(Json.parse("[\"reader\",\"writer\"]"));
        var claims = claims(String.valueOf(result.text("token")));
        assertThat(claims.text("sub")).isEqualTo("ann@example.com");
        assertThat(claims.text("user_id")).isEqualTo("1");
        assertThat(claims.text("iss")).isEqualTo("breakwater");
        assertThat(claims.text("aud")).isEqualTo("https://mcp.example/mcp");
        assertThat(claims.text("jti")).startsWith("1-1.");
    }

    @Test
    void aDisabledAccountCannotLogInAndItsTokensAreRevoked() {
        var password = newAccount("ann");

        assertThat(breakwater.run("account", "disable", "ann")).isZero();
        assertThat(login("ann", password)).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(breakwater.run("account", "list")).isZero();
        assertThat(breakwater.out()).containsPattern("1 +ann +disabled +reader,writer");
        assertThat(breakwater.run("token", "list")).isZero();
        assertThat(breakwater.out()).containsPattern("1-1 +breakwater +20");

        assertThat(breakwater.run("account", "enable", "ann")).isZero();
        assertThat(login("ann", password)).isZero();
    }

    @Test
    void aNewPasswordReplacesTheOldOne() {
        var old = newAccount("ann");

        assertThat(breakwater.run("account", "password", "ann")).isZero();

        var password = firstLine();
        assertThat(login("ann", old)).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(login("ann", password)).isZero();
    }

    @Test
    void rolesAreReplaced() {
        newAccount("ann");

        assertThat(breakwater.run("account", "roles", "ann", "--role", "admin")).isZero();

        assertThat(breakwater.run("account", "list", "-o", "json")).isZero();
        assertThat(breakwater.out()).contains("\"admin\"").doesNotContain("reader", "hash", "argon2");
    }

    @Test
    void anIssuedTokenIsRevokedByItselfOrItsId() {
        assertThat(breakwater.run("token", "issue", "--subject", "reports", "--role", "reader", "--expires", "8h"))
                .isZero();
        var token = firstLine();
        var claims = claims(token);
        assertThat(claims.text("sub")).isEqualTo("reports");
        assertThat(breakwater.out()).contains("has the id " + claims.text("jti"));

        assertThat(breakwater.run("token", "revoke", token)).isZero();
        assertThat(breakwater.out()).doesNotContain(token);
        assertThat(breakwater.run("token", "revoke", "some-id", "--issuer", "https://idp.example"))
                .isZero();

        assertThat(breakwater.run("token", "revoke", "--id", "a.b.c")).isZero();
        assertThat(breakwater.out())
                .startsWith("Revoked the token with the id a.b.c of the issuer breakwater.\n")
                .contains("Servers with this store.url refuse it", "A server without it accepts the token");

        assertThat(breakwater.run("token", "list", "-o", "json")).isZero();
        assertThat(breakwater.out())
                .contains("\"id\": \"a.b.c\"")
                .contains("\"id\": \"" + claims.text("jti") + "\"")
                .contains("\"issuer\": \"https://idp.example\"");
    }

    @Test
    void aTextThatIsNoTokenIsRefused() {
        assertThat(breakwater.run("token", "revoke", "a.b.c")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("The text is neither a token nor the id of a token", "use --id ID.");
    }

    @Test
    void anApiKeyIsNeverStoredAsTheIdOfAToken() {
        var key = ApiKeyFormat.generate();

        for (var words : List.of(List.of(key.reveal()), List.of("--id", key.reveal()))) {
            var all = new ArrayList<>(List.of("token", "revoke"));
            all.addAll(words);
            assertThat(breakwater.run(all.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
            assertThat(breakwater.err())
                    .contains("That is an API key: use 'breakwater key revoke " + key.id() + "'.")
                    .doesNotContain(key.secret());
        }
        assertThat(breakwater.run("token", "revoke", "bw_x")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("use 'breakwater key revoke ID'.");
    }

    @Test
    void aWordIsNotTheIdOfATokenOfThisServer() {
        for (var word : List.of("hello", "a.b", "", " ")) {
            assertThat(breakwater.run("token", "revoke", word)).isEqualTo(ExitCode.USAGE);
            assertThat(breakwater.err()).contains("use --id ID.");
        }
        assertThat(breakwater.run("token", "revoke")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.run("token", "revoke", "x", "--id", "y")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theLoginNeedsAStoreAndASecret() {
        var bare = new CommandRun(folder).variable("BREAKWATER_PACKS_AUTH", "true");

        assertThat(bare.run("check")).isEqualTo(ExitCode.USAGE);
        assertThat(bare.err()).contains("packs.auth", "store.url", "auth.jwt-secret");
    }

    @Test
    void theCommandsNameTheSettingThatIsMissing() {
        var bare = new CommandRun(folder);

        assertThat(bare.run("account", "list")).isEqualTo(ExitCode.USAGE);
        assertThat(bare.err()).contains("Set store.url.");
        assertThat(bare.run("token", "issue", "--subject", "ann")).isEqualTo(ExitCode.USAGE);
        assertThat(bare.err()).contains("auth.jwt-secret");
    }

    @Test
    void theLoginIsOffByDefault() {
        breakwater.variable("BREAKWATER_PACKS_AUTH", "false");

        assertThat(breakwater.run("tools")).isZero();
        assertThat(breakwater.out()).doesNotContain("login");
    }
}
