package io.breakwater.core.presentation.idempotency;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.IdempotencyStore.Claim;
import io.breakwater.port.driven.UserStore;
import io.breakwater.port.memory.ForwardingIdempotencyStore;
import io.breakwater.port.memory.ForwardingUserStore;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryDocumentStore;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.MemoryNonceStore;
import io.breakwater.port.memory.MemoryUserStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.mcp.ConfirmationMessage;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.DocumentSettings;
import io.breakwater.server.settings.IdempotencySettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Repeated calls of tools that a user must confirm: no user confirms what has happened already. */
class RepeatedConfirmationTest {
    private static final String FORMS = "{'elicitation':{'form':{}}}";
    private static final String YES = "{'action':'accept','content':{'confirm':true}}";
    private static final CallContext SCOPE = ManualCallContext.unhurried();

    private final SimulatedLink line = new SimulatedLink();
    private final SimulatedLink nonceLine = new SimulatedLink();
    private final InstantSource clock = InstantSource.system();
    private final MemoryIdempotencyStore keys = new MemoryIdempotencyStore(line, clock);
    private final MemoryUserStore users = new MemoryUserStore(line, clock, keys);
    private final MemoryDocumentStore documents = new MemoryDocumentStore(line, clock, keys);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private Breakwater server = Breakwater.named("none").build();

    record Erasure(String what) {}

    @AfterEach
    void close() {
        server.close();
    }

    private BreakwaterBuilder builder(UserStore store) {
        return Breakwater.named("shop")
                .idempotency(keys)
                .nonces(new MemoryNonceStore(nonceLine, System::nanoTime))
                .pack(new BuiltInPack.Users(store))
                .pack(new BuiltInPack.Documents(documents, DocumentSettings.standard()))
                .tool(Tool.named("erase")
                        .description("Erases, outside the store.")
                        .input(Erasure.class)
                        .destructive()
                        .confirm((erasure, call) -> ConfirmationMessage.of("Erase {}?", erasure.what()))
                        .handler((erasure, call) -> ToolResult.text("erased " + run())));
    }

    private int run() {
        int number = runs.incrementAndGet();
        var thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw thrown;
        }
        return number;
    }

    private ModernRequests start(BreakwaterBuilder builder) {
        server = builder.build();
        users.create("Ann", "ann@example.com", SCOPE);
        return ModernRequests.http(server, FORMS);
    }

    // ---- through a client
    // --------------------------------------------------------------------------------------------

    private McpClient connect(ClientMode mode) {
        return mode.to(server)
                .onServerRequest(request -> {
                    asked.incrementAndGet();
                    return json(YES);
                })
                .connect();
    }

    private static ToolCallResult call(McpClient client, String tool, String arguments) {
        return new ToolCallResult(client.request("tools/call", json(params(tool, arguments, "k"))));
    }

    private static String params(String tool, String arguments, @Nullable String key) {
        var meta = key == null ? "" : ",'_meta':{'" + IdempotencyService.META_KEY + "':'" + key + "'}";
        return "{'name':'" + tool + "','arguments':" + arguments + meta + "}";
    }

    private static boolean replayed(Json.Obj result) {
        return result.object("_meta").get(KeyedCall.META_REPLAYED) == Json.Bool.TRUE;
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatedDeletionReturnsTheFirstResultAndAsksNoUser(ClientMode mode) {
        start(builder(users));
        documents.save("a", new Json.Raw("1".getBytes(StandardCharsets.UTF_8)), SCOPE);
        try (var client = connect(mode)) {
            for (var deletion : new String[] {"delete_user {'user_id':1}", "delete_data {'data_id':'a'}"}) {
                var tool = deletion.substring(0, deletion.indexOf(' '));
                var arguments = deletion.substring(deletion.indexOf(' ') + 1);
                asked.set(0);
                var first = call(client, tool, arguments);
                var repeated = call(client, tool, arguments);

                assertThat(first.isError()).as(first.text()).isFalse();
                assertThat(repeated.isError()).as(repeated.text()).isFalse();
                assertThat(repeated.structured()).isEqualTo(first.structured());
                assertThat(replayed(first.result())).isFalse();
                assertThat(replayed(repeated.result())).isTrue();
                assertThat(asked).hasValue(1);
            }
        }
    }

    @Test
    void aClientThatCannotAskReceivesTheFirstResultToo() {
        start(builder(users));
        try (var able = connect(ClientMode.MODERN_HTTP);
                var unable = InMemoryClient.of(server)) {
            var first = call(able, "delete_user", "{'user_id':1}");

            assertThat(call(unable, "delete_user", "{'user_id':1}").structured())
                    .isEqualTo(first.structured());
        }
    }

    @Test
    void noUserIsAskedAboutAnotherEffectUnderTheSameKey() {
        start(builder(users));
        users.create("Ben", "ben@example.com", SCOPE);
        try (var client = connect(ClientMode.MODERN_HTTP)) {
            call(client, "delete_user", "{'user_id':1}");

            assertThat(call(client, "delete_user", "{'user_id':2}").text())
                    .contains("INVALID_PARAMS", "used with other arguments");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void aRepetitionThatFindsNoRecordAnyMoreDeletesNothing() {
        var forgetful = new ForwardingIdempotencyStore(keys) {
            @Override
            public Optional<Claim.Earlier> find(IdempotencyKey key, CallContext context) {
                return Optional.of(new Claim.Finished(Optional.empty()));
            }
        };
        start(builder(users).idempotency(forgetful));
        try (var client = connect(ClientMode.MODERN_HTTP)) {
            assertThat(call(client, "delete_user", "{'user_id':1}").text()).contains("CONFLICT", "has expired");
        }
        assertThat(users.find(1, SCOPE)).isPresent();
        assertThat(asked).hasValue(0);
    }

    @Test
    void withoutTheStoreOfKeysADeletionRefusesThem() {
        start(Breakwater.named("shop").pack(new BuiltInPack.Users(users)));
        try (var client = connect(ClientMode.MODERN_HTTP)) {
            assertThat(call(client, "delete_user", "{'user_id':1}").text())
                    .contains("INVALID_PARAMS", "no store for idempotency keys");
        }
        assertThat(users.find(1, SCOPE)).isPresent();
    }

    // ---- request by request
    // ------------------------------------------------------------------------------------------

    private static final String DELETION = "{'user_id':1}";

    private static RecordedReply confirm(ModernRequests client, String params, Json.Obj pending) {
        var request =
                pending.object("inputRequests").members().keySet().iterator().next();
        return client.again("tools/call", params, pending, "{'" + request + "':" + YES + "}");
    }

    private static String text(RecordedReply reply) {
        return reply.answer().toString();
    }

    @Test
    void aRequestWithAConsentThatIsSentAgainReturnsTheFirstResult() {
        var client = start(builder(users));
        var params = params("delete_user", DELETION, "k");
        var pending = client.ask("tools/call", params).result();

        var first = confirm(client, params, pending).result();
        var repeated = confirm(client, params, pending).result();

        assertThat(first.object("structuredContent").text("status")).isEqualTo("deleted");
        assertThat(repeated.get("structuredContent")).isEqualTo(first.get("structuredContent"));
        assertThat(replayed(repeated)).isTrue();
    }

    @Test
    void theConsentCountsForAnAttemptAfterOneThatWasInProgress() {
        var busy = new ForwardingUserStore(users) {
            @Override
            public Optional<User> delete(long id, @Nullable Long version, CallContext context) {
                if (runs.incrementAndGet() == 1) {
                    throw PortException.IdempotencyException.inProgress(Duration.ofSeconds(1));
                }
                return super.delete(id, version, context);
            }
        };
        var client = start(builder(busy));
        var params = params("delete_user", DELETION, "k");
        var pending = client.ask("tools/call", params).result();
        assertThat(text(confirm(client, params, pending))).contains("CONFLICT", "in progress");

        assertThat(text(confirm(client, params, pending))).contains("\"status\":\"deleted\"");
    }

    @Test
    void theConsentCountsForARepeatedAttemptWithItsKeyAndNoOther() {
        var client = start(builder(users));
        var params = params("erase", "{'what':'all'}", "k");
        var pending = client.ask("tools/call", params).result();
        failure.set(new ToolException(ErrorCode.OVERLOADED, "Not now."));
        assertThat(text(confirm(client, params, pending))).contains("Not now.");

        for (var other : new @Nullable String[] {"other", null}) {
            assertThat(text(confirm(client, params("erase", "{'what':'all'}", other), pending)))
                    .contains("CONFLICT", "used before");
        }
        assertThat(text(confirm(client, params, pending))).contains("erased 2");
        assertThat(text(confirm(client, params, pending))).contains("erased 2");
        assertThat(runs).hasValue(2);
    }

    @Test
    void aConsentThatOutlivesTheKeyCountsOnce() {
        var client = start(builder(users).idempotencySettings(new IdempotencySettings(Duration.ofMinutes(1))));
        var params = params("erase", "{'what':'all'}", "k");
        var pending = client.ask("tools/call", params).result();
        failure.set(new ToolException(ErrorCode.OVERLOADED, "Not now."));
        assertThat(text(confirm(client, params, pending))).contains("Not now.");

        assertThat(text(confirm(client, params, pending))).contains("CONFLICT", "used before");
    }

    @Test
    void aRefusalDoesNotBecomeAConsentUnderAKey() {
        var client = start(builder(users));
        var params = params("erase", "{'what':'all'}", "k");
        var pending = client.ask("tools/call", params).result();
        var request =
                pending.object("inputRequests").members().keySet().iterator().next();

        assertThat(text(client.again("tools/call", params, pending, "{'" + request + "':{'action':'decline'}}")))
                .contains("DECLINED");

        assertThat(text(confirm(client, params, pending))).contains("CONFLICT", "used before");
        assertThat(runs).hasValue(0);
    }

    @Test
    void aCallWhoseConsentCannotBeCheckedLeavesItsKeyFree() {
        var client = start(builder(users));
        var params = params("erase", "{'what':'all'}", "k");
        var pending = client.ask("tools/call", params).result();
        nonceLine.cut();
        assertThat(text(confirm(client, params, pending))).contains("EXTERNAL_ERROR", "did nothing");

        nonceLine.mend();
        assertThat(text(confirm(client, params, pending))).contains("erased 1");
    }

    @Test
    void twoCallsThatWaitForTheirUserReturnOneResult() {
        start(builder(users));
        var client = LegacyRequests.begun(server);
        var one = client.ask("tools/call", params("delete_user", DELETION, "k"));
        var two = client.ask("tools/call", params("delete_user", DELETION, "k"));
        var oneForm = one.awaitMessages(1).getFirst();
        var twoForm = two.awaitMessages(1).getFirst();

        client.answer(oneForm, YES);
        var first = one.result();
        client.answer(twoForm, YES);

        assertThat(two.result().get("structuredContent")).isEqualTo(first.get("structuredContent"));
        assertThat(replayed(two.result())).isTrue();
    }

    @Test
    void aCallThatWaitsForItsUserKeepsNoKeyThatAnotherAttemptNeeds() {
        var client = start(builder(users));
        var params = params("delete_user", DELETION, "k");
        client.ask("tools/call", params).result();

        var second = client.ask("tools/call", params).result();

        assertThat(text(confirm(client, params, second))).contains("\"status\":\"deleted\"");
    }
}
