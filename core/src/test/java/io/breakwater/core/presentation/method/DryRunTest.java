package io.breakwater.core.presentation.method;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.memory.MemoryAuditLog;
import io.breakwater.port.memory.MemoryDocumentStore;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.mcp.ConfirmationMessage;
import io.breakwater.server.mcp.DryRunHandler;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AuditFailurePolicy;
import io.breakwater.server.settings.DocumentSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dry runs in a whole server. Each tool has an effect that a dry run must not have. */
class DryRunTest {
    private static final String KEY = "io.breakwater/dryRun";
    private static final Json.Obj SCHEMA = json("{'type':'object','properties':{'n':{'type':'integer'}}}");

    private final SimulatedLink line = new SimulatedLink();
    private final MemoryAuditLog audit = new MemoryAuditLog(line);
    private final AtomicInteger effects = new AtomicInteger();
    private final AtomicInteger questions = new AtomicInteger();
    private final MemoryIdempotencyStore keys = new MemoryIdempotencyStore(line, InstantSource.system());
    private final Breakwater server = Breakwater.named("shop")
            .idempotency(keys)
            .auditLog(audit, AuditFailurePolicy.DENY_WRITES)
            .pack(new BuiltInPack.Batch())
            .pack(new BuiltInPack.Documents(
                    new MemoryDocumentStore(line, InstantSource.system(), keys), DocumentSettings.standard()))
            .tool(Tool.named("plain").description("Acts.").input(SCHEMA).handler((arguments, call) -> act()))
            .tool(Tool.named("described")
                    .description("Acts.")
                    .input(Order.class)
                    .output(Order.class)
                    .handler(DryRunHandler.of(
                            (order, call) -> {
                                act();
                                return order;
                            },
                            (order, call) ->
                                    Json.object().put("cancels", order.n()).build())))
            .tool(Tool.named("asking")
                    .description("Acts.")
                    .input(SCHEMA)
                    .destructive()
                    .confirm((arguments, call) -> ConfirmationMessage.of("Delete {}?", "it"))
                    .handler((arguments, call) -> act()))
            .tool(Tool.named("task")
                    .description("Acts.")
                    .asTask(TaskSupport.OPTIONAL)
                    .handler((arguments, call) -> act()))
            .tool(Tool.named("cached")
                    .description("Reads.")
                    .input(SCHEMA)
                    .output(SCHEMA)
                    .readOnly()
                    .cacheFor(Duration.ofHours(1))
                    .cacheTags(arguments -> Set.of("t"))
                    .handler((arguments, call) -> {
                        act();
                        return json("{'n':1}");
                    }))
            .tool(Tool.named("invalidating")
                    .description("Writes.")
                    .input(SCHEMA)
                    .invalidates((arguments, result) -> Set.of("t"))
                    .handler((arguments, call) -> act()))
            .tool(Tool.named("acting")
                    .description("Its description tries to act.")
                    .input(SCHEMA)
                    .handler(DryRunHandler.of((arguments, call) -> act(), (arguments, call) -> {
                        call.startTask();
                        return call.runOnce("effect", () -> Json.of(effects.incrementAndGet()));
                    })))
            .build();

    record Order(long n) {}

    private ToolResult act() {
        effects.incrementAndGet();
        return ToolResult.text("acted");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private McpClient connect(ClientMode mode) {
        return mode.to(server)
                .onServerRequest(request -> {
                    questions.incrementAndGet();
                    return json("{'action':'accept','content':{'confirm':true}}");
                })
                .connect();
    }

    private static Json.Obj call(McpClient client, String tool, String arguments, String meta) {
        return client.request(
                "tools/call",
                Json.object()
                        .put("name", tool)
                        .put("arguments", json(arguments))
                        .put("_meta", json(meta))
                        .build());
    }

    private static Json.Obj dryRun(McpClient client, String tool, String arguments) {
        var result = call(client, tool, arguments, "{'" + KEY + "':true}");
        assertThat(result.get("isError")).as(result.toString()).isEqualTo(Json.Bool.TRUE);
        assertThat(result.get("structuredContent")).isNull();
        return result.object("_meta").object(KEY);
    }

    @ParameterizedTest
    @EnumSource
    void runsNoTool(ClientMode mode) {
        try (var client = connect(mode)) {
            var plain = dryRun(client, "plain", "{'n':1}");
            var described = dryRun(client, "described", "{'n':7}");
            dryRun(client, "task", "{}");

            assertThat(plain.text("tool")).isEqualTo("plain");
            assertThat(plain.object("arguments")).isEqualTo(json("{'n':1}"));
            assertThat(plain.object("access").text("decision")).isEqualTo("allowed");
            assertThat(plain.object("limits").get("deadlineMs")).isNotNull();
            assertThat(plain.object("handler").get("asked")).isEqualTo(Json.Bool.FALSE);
            assertThat(described.object("handler").object("would")).isEqualTo(json("{'cancels':7}"));
            assertThat(effects).hasValue(0);
            call(client, "plain", "{}", "{'" + KEY + "':false}");
            assertThat(effects).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksNoUserAndTellsTheQuestion(ClientMode mode) {
        try (var client = connect(mode)) {
            var confirmation = dryRun(client, "asking", "{}").object("confirmation");

            assertThat(confirmation.text("message")).startsWith("Delete \"it\"?");
            assertThat(confirmation.text("action")).isIn("ask", "refuse");
            assertThat(questions).hasValue(0);
            assertThat(effects).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnUnclearRequest(ClientMode mode) {
        try (var client = connect(mode)) {
            for (var meta : new String[] {
                "{'" + KEY + "':'yes'}",
                "{'" + KEY + "':null}",
                "{'" + KEY + "':1}",
                "{'io.breakwater/dryrun':true}",
                "{'io.breakwater/dry-run':true}",
                "{'io.breakwater/dry_run':true}"
            }) {
                assertThatExceptionOfType(PortException.ProtocolErrorException.class)
                        .as(meta)
                        .isThrownBy(() -> call(client, "plain", "{}", meta))
                        .withMessageContaining("did nothing");
            }
            assertThat(effects).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesInvalidArgumentsLikeACall(ClientMode mode) {
        try (var client = connect(mode)) {
            var real = call(client, "plain", "{'n':'x'}", "{}");
            var dry = call(client, "plain", "{'n':'x'}", "{'" + KEY + "':true}");

            assertThat(dry.object("_meta").get(KEY)).isNull();
            assertThat(dry.toString()).contains("INVALID_PARAMS");
            assertThat(real.toString()).contains("INVALID_PARAMS");
        }
    }

    @ParameterizedTest
    @EnumSource
    void claimsNoIdempotencyKey(ClientMode mode) {
        try (var client = connect(mode)) {
            var result = call(client, "plain", "{}", "{'" + KEY + "':true,'io.breakwater/idempotencyKey':'k1'}");
            var report = result.object("_meta").object(KEY);

            assertThat(report.object("idempotency").get("key")).isEqualTo(Json.Bool.TRUE);
            call(client, "plain", "{}", "{'io.breakwater/idempotencyKey':'k1'}");
            assertThat(effects).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAndChangesNoCachedResult(ClientMode mode) {
        try (var client = connect(mode)) {
            assertThat(dryRun(client, "cached", "{}").object("cache").text("status"))
                    .isEqualTo("miss");
            assertThat(effects).hasValue(0);
            call(client, "cached", "{}", "{}");
            dryRun(client, "invalidating", "{}");

            assertThat(dryRun(client, "cached", "{}").object("cache").text("status"))
                    .isEqualTo("hit");
            assertThat(effects).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesADescriptionThatActs(ClientMode mode) {
        try (var client = connect(mode)) {
            var result = call(client, "acting", "{}", "{'" + KEY + "':true}");

            assertThat(result.toString()).contains("INTERNAL_ERROR");
            assertThat(effects).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void describesEachItemOfABatch(ClientMode mode) {
        try (var client = connect(mode)) {
            var report = dryRun(
                    client,
                    "batch_operation",
                    "{'operations':[{'tool':'plain'},{'tool':'described','arguments':{'n':3}},"
                            + "{'tool':'plain','arguments':{'n':'x'}}]}");
            var would = report.object("handler").object("would");
            var calls = requireNonNull((Json.Arr) would.get("calls")).items();

            assertThat(effects).hasValue(0);
            assertThat(calls).hasSize(3);
            assertThat(calls.get(1).toString()).contains("cancels");
            assertThat(calls.get(2).toString()).contains("INVALID_PARAMS");
        }
    }

    @ParameterizedTest
    @EnumSource
    void savesAndDeletesNoDocument(ClientMode mode) {
        try (var client = connect(mode)) {
            var save = "{'data_id':'d1','content':{'a':1}}";
            assertThat(dryRun(client, "save_data", save)
                            .object("handler")
                            .object("would")
                            .text("action"))
                    .isEqualTo("create");
            assertThat(call(client, "get_data_cached", "{'data_id':'d1'}", "{}").toString())
                    .contains("NOT_FOUND");
            call(client, "save_data", save, "{}");

            assertThat(dryRun(client, "save_data", save)
                            .object("handler")
                            .object("would")
                            .text("action"))
                    .isEqualTo("replace");
            assertThat(dryRun(client, "delete_data", "{'data_id':'d1'}")
                            .object("handler")
                            .object("would")
                            .text("action"))
                    .isEqualTo("delete");
            assertThat(call(client, "get_data_cached", "{'data_id':'d1'}", "{}").get("isError"))
                    .isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void isRecordedAsADryRun(ClientMode mode) {
        try (var client = connect(mode)) {
            dryRun(client, "plain", "{}");
        }
        server.close();

        var lines = audit.entries().stream()
                .map(entry -> new String(entry.line("test"), UTF_8))
                .filter(entry -> entry.contains("\"target\":\"plain\""))
                .toList();
        assertThat(lines).singleElement().asString().contains("\"event\":\"end\"", "\"mode\":\"dry_run\"");
    }
}
