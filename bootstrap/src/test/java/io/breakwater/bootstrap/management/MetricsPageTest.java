package io.breakwater.bootstrap.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Listener;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.InProcessTransport;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.micrometer.core.instrument.FunctionCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final int NAMES = 100_000;

    private final MetricsPage page = new MetricsPage(false);
    private final Breakwater server = Breakwater.named("shop")
            .meterRegistry(page.registry())
            .onClose(page)
            .tool(Tool.named("find_order")
                    .description("Finds an order.")
                    .handler((arguments, call) -> ToolResult.text("found")))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void hasTheMetricsOfTheServerWithTheirNames() {
        try (var client =
                McpClient.builder(InProcessTransport.connection(server.host())).connect()) {
            client.call("find_order");
        }

        assertThat(scrape())
                .contains(
                        "# TYPE mcp_requests_total counter",
                        "mcp_requests_total{method=\"tools/call\",status=\"ok\",tool=\"find_order\"} 1.0",
                        "# TYPE mcp_request_duration_seconds histogram",
                        "mcp_request_duration_seconds_count{method=\"tools/call\",tool=\"find_order\"} 1",
                        "mcp_tool_usage_total{success=\"true\",tool_name=\"find_order\"} 1.0",
                        "mcp_overload_rejected_total 0.0",
                        "mcp_active_sessions ");
        var buckets = scrape().lines()
                .filter(line -> line.startsWith("mcp_request_duration_seconds_bucket{method=\"tools/call\""))
                .toList();
        assertThat(buckets).as("18 bounds and infinity").hasSize(19);
        assertThat(buckets.getFirst()).contains("le=\"5.0E-5\"");
    }

    @Test
    void randomNamesOfClientsAddNoSeries() {
        try (var client =
                McpClient.builder(InProcessTransport.connection(server.host())).connect()) {
            callUnknown(client, "first");
            long series = scrape().lines().count();

            for (int i = 0; i < NAMES; i++) {
                callUnknown(client, "tool-" + i);
            }

            assertThat(scrape().lines().count()).isEqualTo(series);
            assertThat(scrape())
                    .contains("tool=\"unknown\"} " + (NAMES + 1) + ".0")
                    .doesNotContain("tool-1");
        }
    }

    @Test
    void isServedToOperatorsAndToClientsOnlyIfThatIsSet() {
        assertThat(page.resources()).extracting(HttpResource::listener).containsExactly(Listener.MANAGEMENT);
        try (var open = new MetricsPage(true)) {
            assertThat(open.resources())
                    .extracting(HttpResource::listener)
                    .containsExactly(Listener.MANAGEMENT, Listener.PUBLIC);
        }
    }

    @Test
    void concurrentRequestsGetTheSameMetrics() {
        var answers = new ArrayList<CompletionStage<HttpResource.Response>>();
        for (int i = 0; i < 100; i++) {
            answers.add(ask());
        }

        assertThat(answers).allSatisfy(answer -> assertThat(text(answer)).contains("mcp_active_sessions"));
    }

    @Test
    void aScrapeThatCannotStartDoesNotBlockTheNextOne() {
        var full = new AtomicBoolean(true);
        try (var other = new MetricsPage(false, task -> {
            if (full.get()) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        })) {
            assertThat(ask(other).toCompletableFuture()).isCompletedExceptionally();
            full.set(false);

            assertThat(text(ask(other))).isEmpty();
        }
    }

    @Test
    void aMetricThatThrowsAnErrorDoesNotBlockTheNextScrape() {
        var broken = new AtomicBoolean(true);
        FunctionCounter.builder("t.broken", broken, state -> {
                    if (state.get()) {
                        throw new StackOverflowError();
                    }
                    return 1;
                })
                .register(page.registry());
        assertThat(ask().toCompletableFuture())
                .failsWithin(Duration.ofSeconds(Eventually.SECONDS))
                .withThrowableThat()
                .withCauseInstanceOf(StackOverflowError.class);
        broken.set(false);

        assertThat(scrape()).contains("t_broken_total 1.0");
    }

    private static void callUnknown(McpClient client, String name) {
        try {
            client.call(name);
            throw new AssertionError("there is no tool " + name);
        } catch (RuntimeException refused) {
            assertThat(refused).hasMessageContaining(name);
        }
    }

    private String scrape() {
        return text(ask());
    }

    private CompletionStage<HttpResource.Response> ask() {
        return ask(page);
    }

    private static CompletionStage<HttpResource.Response> ask(MetricsPage page) {
        var resource = List.copyOf(page.resources()).getFirst();
        return resource.handler().answer(new HttpResource.Request("GET", "", HeaderFields.NONE));
    }

    private static String text(CompletionStage<HttpResource.Response> answer) {
        var body = answer.toCompletableFuture().join().body();
        return new String(((HttpResource.Complete) body).bytes(), UTF_8);
    }
}
