package io.breakwater.core.presentation.tool.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.health.Health;
import io.breakwater.core.business.health.HostMetrics;
import io.breakwater.core.business.health.ScriptedGauges;
import io.breakwater.core.business.health.ServerInfo;
import io.breakwater.core.business.quota.QuotaUsage;
import io.breakwater.core.data.health.ExecutorScheduler;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.codec.RecordCodec;
import io.breakwater.core.presentation.json.TreeReader;
import io.breakwater.core.validation.ValueSchema;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.QuotaStore.Kind;
import io.breakwater.port.driven.QuotaStore.Scope;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.CallStatus;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.Handler;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.settings.HealthSettings;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SystemPackTest {
    /** The results of this pack depend on no caller: any use of the call fails. */
    private static final Call NO_CALL = (Call)
            Proxy.newProxyInstance(Call.class.getClassLoader(), new Class<?>[] {Call.class}, (call, method, args) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private static final List<QuotaUsage> QUOTAS =
            List.of(new QuotaUsage(Scope.TENANT, Kind.COST, 1_000, 12.345, Instant.parse("2026-03-02T00:00:00Z")));

    private final ServerExecutors executors = ServerExecutors.standard();
    private final ServerMetrics meters = ServerMetrics.standalone(executors);
    private final Health health = new Health(
            HealthSettings.standard(),
            new ServerInfo("1.2.3", "staging"),
            meters,
            new ScriptedGauges(() -> new HostMetrics(0.1, -1, 0.3)),
            new ExecutorScheduler(executors),
            (before, now, cause) -> {});
    private final SystemPack pack =
            new SystemPack(health, meters, call -> QUOTAS, call -> tool -> true, () -> "server:\n  name: shop\n");

    @BeforeEach
    void leaveTraces() {
        health.register(Dependency.optional("redis", scope -> {
            throw new PortException.UnavailableException("Connection refused.", null, null);
        }));
        meters.register("tools/call", "echo").record(CallStatus.OK, 1_000_000);
        meters.register("tools/list", null).record(CallStatus.TIMEOUT, 1_000_000);
        meters.cache("memory").record(CacheOperation.HIT);
        meters.gauge("mcp_active_sessions", "Open sessions.", Map.of("era", "legacy"), () -> 2);
    }

    @AfterEach
    void close() {
        executors.close();
    }

    @Test
    void itsToolsChangeNothingAndAreNotCached() {
        assertThat(pack.tools())
                .extracting(tool -> tool.definition().name())
                .containsExactly("health_check", "check_dependencies", "get_metrics");
        assertThat(pack.tools()).allSatisfy(tool -> {
            assertThat(tool.definition().hints().readOnly()).isTrue();
            assertThat(tool.definition().cache()).isNull();
            assertThat(tool.argumentsType()).isEqualTo(NoArguments.class);
        });
    }

    @Test
    void healthCheckAsksTheDependenciesAndKeepsToItsSchema() throws Exception {
        JsonNode parsed = call(pack.tools().getFirst(), HealthResult.class);

        assertThat(parsed.at("/status").asString()).isEqualTo("degraded");
        assertThat(parsed.at("/dependencies/0/status").asString()).isEqualTo("down");
        assertThat(parsed.at("/dependencies/0/reason").asString()).isEqualTo("Connection refused.");
        assertThat(parsed.at("/machine").has("memory")).isFalse();
    }

    @Test
    void getMetricsKeepsToItsSchema() throws Exception {
        JsonNode parsed = call(pack.tools().getLast(), MetricsResult.class);

        assertThat(parsed.at("/tools/0/statuses/ok").asLong()).isEqualTo(1);
        assertThat(parsed.at("/methods/0/error_rate").asDouble()).isEqualTo(1);
        assertThat(parsed.at("/cache/hit_rate").asDouble()).isEqualTo(1);
        assertThat(parsed.at("/figures/0/labels/era").asString()).isEqualTo("legacy");
        assertThat(parsed.at("/quotas/0").toString())
                .isEqualTo("{\"scope\":\"tenant\",\"kind\":\"cost\",\"limit\":1000,\"used\":12.35,"
                        + "\"resets_at\":\"2026-03-02T00:00:00Z\"}");
    }

    @Test
    void theHealthResourceStartsNoHealthCheck() throws Exception {
        JsonNode parsed = parse(read("health://status"));

        assertThat(parsed.at("/dependencies/0/status").asString()).isEqualTo("unknown");
        assertThat(parsed.at("/version").asString()).isEqualTo("1.2.3");
    }

    @Test
    void theConfigurationIsShownAsItIsGiven() throws Exception {
        assertThat(read("config://effective")).isEqualTo("server:\n  name: shop\n");
    }

    @Test
    void withoutAConfigurationThereIsNoResourceForIt() {
        assertThat(new SystemPack(health, meters, call -> List.of(), call -> tool -> true, null).resources())
                .extracting(Resource::uri)
                .containsExactly("health://status");
    }

    @Test
    void thePromptContainsHealthMetricsAndInstructions() throws Exception {
        Prompt prompt = pack.prompts().getFirst();
        var message = prompt.writer().write(Map.of(), NO_CALL).getFirst();
        String text = ((Content.Text) message.content()).text();

        assertThat(prompt.name()).isEqualTo("diagnose_health");
        assertThat(message.role()).isEqualTo("user");
        assertThat(text).contains("How to read the data", "redis has not answered yet.", "\"name\":\"echo\"");
    }

    @SuppressWarnings("unchecked") // the pack's own handler and records
    private static <R extends Record> JsonNode call(Tool tool, Class<R> type) throws Exception {
        R result = ((Handler<NoArguments, R>) tool.handler()).handle(new NoArguments(), NO_CALL);
        JsonNode parsed = parse(new String(RecordCodec.ofResult(type).write(result), StandardCharsets.UTF_8));
        Json.Obj schema = Objects.requireNonNull(tool.definition().outputSchema());
        assertThat(ValueSchema.compile(schema).check(parsed)).isEmpty();
        return parsed;
    }

    private String read(String uri) throws Exception {
        Resource resource = pack.resources().stream()
                .filter(one -> one.uri().equals(uri))
                .findFirst()
                .orElseThrow();
        List<ResourceContents> contents = resource.reader().read(NO_CALL);
        return ((ResourceContents.Text) contents.getFirst()).text();
    }

    private static JsonNode parse(String json) {
        return TreeReader.upTo(1 << 20).read(json);
    }
}
