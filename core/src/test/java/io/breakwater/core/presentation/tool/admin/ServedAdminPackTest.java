package io.breakwater.core.presentation.tool.admin;

import static io.breakwater.core.presentation.protocol.QuotedJson.items;
import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.NonceStore;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.memory.MemoryEventBus;
import io.breakwater.port.memory.MemoryNonceStore;
import io.breakwater.port.memory.MemoryStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.client.ClientResponses;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ServerRequest;
import io.breakwater.server.client.ToolCallResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code admin_action} in a whole server: each action has its effect, and only administrators have them. */
class ServedAdminPackTest {
    private static final Principal ADMIN = Principal.of("ada").withRoles(Set.of("admin"));

    private final AtomicReference<Principal> caller = new AtomicReference<>(ADMIN);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final List<ServerRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger runs = new AtomicInteger();
    private final SimulatedLink line = new SimulatedLink();
    private final Breakwater server = Breakwater.named("shop")
            .deployment("shops")
            .authenticator(Authenticator.of((fields, peer) -> new Authenticated(caller.get())))
            .cache(new MemoryStore(line, System::nanoTime))
            .eventBus(MemoryEventBus.on(line))
            .tool(SampleTools.draft("count")
                    .readOnly()
                    .cacheForAll(Duration.ofHours(1))
                    .output(Count.class)
                    .cacheTags(arguments -> Set.of("count"))
                    .handler((arguments, call) -> new Count(runs.incrementAndGet())))
            .pack(new BuiltInPack.Administration(
                    level -> done.add("log level " + level), this::reload, () -> done.add("drain")))
            .build();

    record Count(int count) {}

    private String reload() {
        done.add("reload");
        return "Read again.";
    }

    @AfterEach
    void close() {
        server.close();
    }

    private McpClient client(ClientMode mode) {
        return mode.to(server)
                .onServerRequest(request -> {
                    asked.add(request);
                    return ClientResponses.accepted(json("{'confirm':true}"));
                })
                .connect();
    }

    private ToolCallResult act(String arguments) {
        try (var client = client(ClientMode.MODERN_HTTP)) {
            return client.call("admin_action", json(arguments));
        }
    }

    private static Json.Obj completed(ToolCallResult result) {
        assertThat(result.isError()).as(result.text()).isFalse();
        return result.structured();
    }

    @ParameterizedTest
    @EnumSource
    void theResultNamesTheCallerOfTheRequest(ClientMode mode) {
        try (var client = client(mode)) {
            assertThat(completed(client.call("admin_action", json("{'action':'set_log_level','level':'debug'}"))))
                    .isEqualTo(json("{'status':'completed','action':'set_log_level','user':'ada',"
                            + "'message':'The log level is debug.'}"));
        }
        assertThat(done).containsExactly("log level debug");
        assertThat(asked).isEmpty();
    }

    @Test
    void callersWithoutTheRoleHaveNoSuchTool() {
        caller.set(Principal.of("ann").withRoles(Set.of("analyst")));
        try (var client = InMemoryClient.of(server)) {
            assertThat(client.tools()).extracting(tool -> tool.text("name")).containsExactly("count");
            assertThatThrownBy(() -> client.call("admin_action", json("{'action':'drain'}")))
                    .isInstanceOf(PortException.ProtocolErrorException.class)
                    .hasMessageContaining("Unknown tool");
        }
        assertThat(done).isEmpty();
    }

    @Test
    void anAnonymousCallerIsRefusedWhateverItsRoles() {
        caller.set(Principal.ANONYMOUS.withRoles(Set.of("admin")));

        assertThat(act("{'action':'drain'}").text()).contains("UNAUTHORIZED", "has authenticated");
        assertThat(act("{'action':'set_log_level','level':'info'}").text()).contains("UNAUTHORIZED");
        assertThat(done).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'action':'explode'}                               | action
                    {'action':'set_log_level'}                         | needs the argument level
                    {'action':'set_log_level','level':'loud'}          | level
                    {'action':'close_session'}                         | needs the argument session
                    {'action':'drain','level':'info'}                  | level belongs to the action set_log_level
                    {'action':'clear_cache','session':'x'}             | session belongs to the action close_session
                    {'action':'drain','user':'root'}                   | user
                    """)
    void refusesArgumentsThatMakeNoSense(String arguments, String words) {
        assertThat(act(arguments).text()).contains("INVALID_PARAMS", words);
        assertThat(asked).isEmpty();
        assertThat(done).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain", "clear_cache"})
    void aConfirmationForOneProcessIsVoidInAnother(String action) {
        var nonces = new MemoryNonceStore(line, System::nanoTime);
        var params = "{'name':'admin_action','arguments':{'action':'" + action + "'}}";
        var forms = "{'elicitation':{'form':{}}}";
        try (var one = process(nonces);
                var other = process(nonces)) {
            var pending =
                    ModernRequests.http(one, forms).ask("tools/call", params).result();
            var key = pending.object("inputRequests")
                    .members()
                    .keySet()
                    .iterator()
                    .next();
            var yes = "{'" + key + "':{'action':'accept','content':{'confirm':true}}}";

            assertThat(ModernRequests.http(other, forms)
                            .again("tools/call", params, pending, yes)
                            .answer()
                            .toString())
                    .contains("CONFLICT", "did nothing");
            assertThat(done).isEmpty();
            assertThat(ModernRequests.http(one, forms)
                            .again("tools/call", params, pending, yes)
                            .answer()
                            .toString())
                    .contains("completed");
        }
    }

    private Breakwater process(NonceStore nonces) {
        return Breakwater.named("shop")
                .secret(new byte[32])
                .nonces(nonces)
                .authenticator(Authenticator.of((fields, peer) -> new Authenticated(caller.get())))
                .pack(new BuiltInPack.Administration(level -> {}, this::reload, () -> done.add("drain")))
                .build();
    }

    @Test
    void drainsAfterAConfirmation() {
        assertThat(completed(act("{'action':'drain'}")).text("message")).contains("then stops");

        assertThat(done).containsExactly("drain");
        assertThat(asked).hasSize(1);
    }

    @Test
    void doesNotDrainForAClientThatCannotAsk() {
        try (var client = InMemoryClient.of(server)) {
            assertThatThrownBy(() -> client.call("admin_action", json("{'action':'drain'}")))
                    .hasMessageContaining("elicitation.form");
        }
        assertThat(done).isEmpty();
    }

    @Test
    void reloadsTheConfiguration() {
        assertThat(completed(act("{'action':'reload_config'}")).text("message")).isEqualTo("Read again.");
        assertThat(done).containsExactly("reload");
    }

    @Test
    void clearsTheCache() {
        assertThat(count()).isEqualTo(Json.of(1));
        assertThat(count()).isEqualTo(Json.of(1));

        completed(act("{'action':'clear_cache'}"));

        assertThat(count()).isEqualTo(Json.of(2));
        assertThat(asked.getFirst().params().text("message")).contains("of the deployment \"shops\"");
    }

    private @Nullable Json count() {
        try (var client = InMemoryClient.of(server)) {
            return client.call("count").structured().get("count");
        }
    }

    @Test
    void resetsTheBreakers() {
        assertThat(completed(act("{'action':'reset_breaker'}")).text("message"))
                .isEqualTo("No circuit breaker is open.");

        line.cut();
        count(); // finds the shared cache unavailable, and opens its breaker
        assertThat(act("{'action':'reset_breaker'}").text()).contains("EXTERNAL_ERROR", "The shared cache");

        line.mend();
        var message = completed(act("{'action':'reset_breaker'}")).text("message");
        assertThat(message)
                .isIn(
                        "Works again and is used: The shared cache.",
                        "No circuit breaker is open.",
                        "Works again and is used: The shared cache, The event bus.",
                        "Works again and is used: The event bus.");
        assertThat(completed(act("{'action':'reset_breaker'}")).text("message"))
                .isEqualTo("No circuit breaker is open.");
    }

    @Test
    void listsAndEndsSessions() {
        caller.set(Principal.of("ann"));
        try (var other = client(ClientMode.LEGACY_HTTP)) {
            caller.set(ADMIN);
            var listed = completed(act("{'action':'list_sessions'}"));
            assertThat(listed.text("message")).isEqualTo("1 session is open.");
            var session = (Json.Obj) items(listed, "sessions").getFirst();
            assertThat(session.text("principal")).isEqualTo("ann");
            assertThat(session.text("client")).isEqualTo("breakwater");
            assertThat(session.text("protocol_version")).isEqualTo("2025-11-25");
            var name = session.text("session");

            assertThat(completed(act("{'action':'close_session','session':'" + name + "'}"))
                            .text("message"))
                    .contains("has ended");

            assertThat(asked.getLast().params().text("message")).contains(String.valueOf(name), "\"ann\"");
            caller.set(Principal.of("ann"));
            assertThatThrownBy(other::tools).isInstanceOf(PortException.class);
        }
        caller.set(ADMIN);
        assertThat(act("{'action':'close_session','session':'none'}").text()).contains("NOT_FOUND", "list_sessions");
    }

    @Test
    void aCallDoesNotEndItsOwnSession() {
        try (var client = client(ClientMode.LEGACY_HTTP)) {
            var listed = completed(client.call("admin_action", json("{'action':'list_sessions'}")));
            var name = ((Json.Obj) items(listed, "sessions").getFirst()).text("session");

            var result = client.call("admin_action", json("{'action':'close_session','session':'" + name + "'}"));

            assertThat(result.text()).contains("INVALID_PARAMS", "the session of this call");
            assertThat(client.tools()).isNotEmpty();
        }
    }

    @Test
    void refusesWhatTheProgramDoesNotOffer() {
        try (var bare = Breakwater.named("bare")
                        .authenticator(Authenticator.of((fields, peer) -> new Authenticated(ADMIN)))
                        .pack(new BuiltInPack.Administration(null, null, null))
                        .build();
                var client = InMemoryClient.of(bare)) {
            assertThat(client.call("admin_action", json("{'action':'reload_config'}"))
                            .text())
                    .contains("INVALID_PARAMS", "without a configuration file");
        }
    }
}
