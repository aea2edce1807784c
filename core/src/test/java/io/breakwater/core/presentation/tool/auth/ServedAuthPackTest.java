package io.breakwater.core.presentation.tool.auth;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.TokenIssuer.IssuedToken;
import io.breakwater.port.memory.FastPasswordHasher;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryAccounts;
import io.breakwater.port.memory.MemoryLoginFailures;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.StandardAuthentication;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The pack in a whole server, over accounts in memory. */
class ServedAuthPackTest {
    private static final String PASSWORD = "canary-password-7f3a";
    private static final String TOKEN = "canary-token-91bc";

    private final CallContext scope = ManualCallContext.unhurried();
    private final SimulatedLink line = new SimulatedLink();
    private final MemoryAccounts accounts = new MemoryAccounts(line);
    private final FastPasswordHasher hasher = new FastPasswordHasher();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final BuiltInPack pack = new BuiltInPack.Auth(
            accounts,
            new MemoryLoginFailures(line),
            hasher,
            request -> new IssuedToken(TOKEN, request.group() + ".1", Instant.parse("2026-03-01T13:00:00Z")),
            Duration.ofHours(1));
    private final Breakwater server = Breakwater.named("shop").pack(pack).build();

    @BeforeEach
    void prepare() {
        accounts.create("ann", hasher.hash(PASSWORD, scope), Set.of("writer", "reader"), scope);
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void close() {
        server.close();
        root.setLevel(level);
        root.detachAppender(log);
    }

    @ParameterizedTest
    @EnumSource
    void givesATokenForThePassword(ClientMode way) {
        try (var client = way.to(server).connect()) {
            assertThat(login(client, "Ann", PASSWORD).structured())
                    .isEqualTo(json("{'status':'logged_in','token':'" + TOKEN + "','expires_at':'2026-03-01T13:00:00Z',"
                            + "'user':'ann','permissions':['reader','writer']}"));
        }
    }

    @Test
    void aCallerWithoutACredentialLearnsThatItNeedsOne() {
        var builder = Breakwater.named("shop")
                .authentication(
                        StandardAuthentication.of(id -> Optional.empty()).withPublicTools("login", "absent"))
                .tool(SampleTools.saying("secret", call -> "secret"))
                .pack(pack);
        try (var closed = builder.build();
                var client = InMemoryClient.of(closed)) {
            for (var tool : List.of("secret", "nothing")) {
                assertThatThrownBy(() -> client.call(tool))
                        .hasMessageContaining("Unknown tool: " + tool + ". This request has no credential, and callers"
                                + " without one may only use login.");
            }
            closed.accessRules(
                    AccessRules.of(AccessRule.allow("users").onTools("*").forRoles("user")));
            assertThatThrownBy(() -> client.call("secret"))
                    .hasMessageContaining("Unknown tool: secret")
                    .hasMessageNotContaining("login");
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownAccountGetTheSameAnswer() {
        try (var client = InMemoryClient.of(server)) {
            var wrong = withoutRequestId(login(client, "ann", "wrong"));
            var unknown = withoutRequestId(login(client, "ben", "wrong"));

            assertThat(unknown).isEqualTo(wrong);
            assertThat(wrong)
                    .contains("UNAUTHORIZED", "The username or the password is wrong.")
                    .doesNotContain("ann");
        }
    }

    private static String withoutRequestId(ToolCallResult answer) {
        return answer.result().toString().replaceAll("requestId[^,}]*", "");
    }

    @Test
    void asksLaterAfterTooManyFailures() {
        try (var client = InMemoryClient.of(server)) {
            for (int i = 0; i < 5; i++) {
                login(client, "ann", "wrong");
            }

            assertThat(login(client, "ann", PASSWORD).result().toString()).contains("RATE_LIMITED");
        }
    }

    /** Success, a wrong password, arguments that violate the schema, an overload and an outage, at level trace. */
    @Test
    void noLogLineAndNoErrorContainsAPasswordOrAToken() {
        try (var client = InMemoryClient.of(server)) {
            assertThat(login(client, "ann", PASSWORD).isError()).isFalse();
            assertClean(login(client, "ben", PASSWORD));
            assertClean(login(client, PASSWORD, PASSWORD));
            assertClean(login(client, PASSWORD.repeat(50), PASSWORD.repeat(100)));
            assertClean(client.call(
                    AuthPack.LOGIN,
                    Json.object()
                            .put("username", "ann")
                            .put("passwort", PASSWORD)
                            .build()));
            hasher.overloaded(true);
            assertClean(login(client, "ann", PASSWORD));
            line.cut();
            assertClean(login(client, "ann", PASSWORD));
        }

        var lines = log.list.stream()
                .map(event -> event.getFormattedMessage() + event.getKeyValuePairs() + event.getThrowableProxy())
                .collect(Collectors.joining("\n"));
        assertThat(lines).contains("tools/call login").doesNotContain(PASSWORD, TOKEN);
    }

    private static void assertClean(ToolCallResult result) {
        assertThat(result.isError()).isTrue();
        assertThat(result.result().toString()).doesNotContain(PASSWORD, TOKEN);
    }

    @Test
    void theTextFormOfArgumentsAndResultIsMasked() {
        assertThat(new LoginArguments("ann", PASSWORD).toString()).doesNotContain("ann", PASSWORD);
        var result = new LoginResult(LoginResult.Status.LOGGED_IN, TOKEN, Instant.EPOCH, "ann", List.of());
        assertThat(result.toString()).doesNotContain(TOKEN);
    }

    @Test
    void isNeitherCachedNorReadOnlyNorATask() {
        try (var client = InMemoryClient.of(server)) {
            var tool = client.tools().getFirst();

            assertThat(tool.toString()).contains("breakwater token issue").doesNotContain("ttlMs");
            assertThat(tool.object("annotations").toString()).contains("\"readOnlyHint\":false");
        }
    }

    private static ToolCallResult login(McpClient client, String name, String password) {
        return client.call(
                AuthPack.LOGIN,
                Json.object().put("username", name).put("password", password).build());
    }
}
