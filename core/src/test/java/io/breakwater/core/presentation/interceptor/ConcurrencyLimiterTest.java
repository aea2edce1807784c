package io.breakwater.core.presentation.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.Limits;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.ConcurrencySettings;
import io.breakwater.server.settings.ConcurrencySettings.ToolConcurrency;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limits of single tools, of classes of tools and of all methods that call no tool. */
class ConcurrencyLimiterTest {
    private static final ConcurrencySettings WITHOUT_QUEUE =
            ConcurrencySettings.STANDARD.withQueue(0, Duration.ofSeconds(1)).withPerPrincipal(100);

    private final TimedExecutors executors = new TimedExecutors();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WorkGate gate = new WorkGate();

    @AfterEach
    void open() {
        gate.open();
    }

    private BreakwaterBuilder server(ConcurrencySettings settings) {
        return Breakwater.named("t")
                .executors(executors)
                .meterRegistry(registry)
                .limits(Limits.STANDARD.withConcurrency(100))
                .concurrency(settings)
                .tool(SampleTools.draft("limited").maxConcurrency(1).handler((arguments, call) -> {
                    gate.pass();
                    return ToolResult.text("done");
                }))
                .tool(SampleTools.draft("one")
                        .costClass("shared")
                        .maxConcurrency(1)
                        .handler((arguments, call) -> {
                            gate.pass();
                            return ToolResult.text("done");
                        }))
                .tool(SampleTools.draft("two")
                        .costClass("shared")
                        .handler((arguments, call) -> ToolResult.text("done")))
                .tool(SampleTools.saying("free", call -> {
                    gate.pass();
                    return "done";
                }))
                .tool(SampleTools.draft("inline")
                        .executionMode(ExecutionMode.INLINE)
                        .handler((arguments, call) -> {
                            executors.pass(Duration.ofMillis(1));
                            return ToolResult.text("done");
                        }));
    }

    private static void assertRefused(Breakwater server, String tool) {
        var reply = ModernRequests.http(server, "{}").call(tool).awaitEnd();
        assertThat(reply.status()).isInstanceOf(ReplyStatus.Overloaded.class);
        assertThat(reply.error().text("message")).startsWith("Too many concurrent calls of this kind: the limit is 1");
    }

    private void start(Breakwater server, String tool) {
        ModernRequests.http(server, "{}").call(tool);
        gate.awaitEntered();
    }

    @Test
    void aToolHasAMaximumOfItsOwn() {
        try (var server = server(WITHOUT_QUEUE).build()) {
            start(server, "limited");

            assertRefused(server, "limited");
            assertThat(ModernRequests.http(server, "{}").call("two").result())
                    .asString()
                    .contains("done");
            gate.open();
        }
    }

    @Test
    void toolsOfOneCostClassShareAMaximum() {
        try (var server = server(WITHOUT_QUEUE).build()) {
            start(server, "one");

            assertRefused(server, "two");
            gate.open();
        }
    }

    @Test
    void theSettingsReplaceTheDefinition() {
        var settings = WITHOUT_QUEUE.withTools(
                List.of(new ToolConcurrency("free", 1, null), new ToolConcurrency("two", null, "free")));
        try (var server = server(settings).build()) {
            start(server, "free");

            assertRefused(server, "free");
            assertRefused(server, "two");
            gate.open();
        }
    }

    @Test
    void otherMethodsAreOneClassWhateverTheirNames() {
        try (var server = server(WITHOUT_QUEUE).build()) {
            var client = ModernRequests.http(server, "{}");
            client.ask("tools/list", "{}").awaitEnd();
            client.ask("no/such/method", "{}").awaitEnd();

            assertThat(registry.get("mcp_concurrency_limit").gauges())
                    .extracting(gauge -> gauge.getId().getTag("cost_class"))
                    .containsExactly("(methods)");
        }
    }

    @Test
    void inlineHandlersAreNoSamplesSoThatNoiseDoesNotLimitThem() {
        try (var server = server(WITHOUT_QUEUE).build()) {
            var client = ModernRequests.http(server, "{}");
            for (int i = 0; i < 1_000; i++) {
                client.call("inline").awaitEnd();
            }

            assertThat(registry.get("mcp_concurrency_limit")
                            .tag("cost_class", "inline")
                            .gauge()
                            .value())
                    .isEqualTo(100);
        }
    }
}
