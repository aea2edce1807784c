package io.breakwater.core.presentation.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.Limits;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.ConcurrencySettings;
import io.breakwater.server.settings.ConcurrencySettings.ToolConcurrency;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The permits of the items of batches: those of their own tools. */
class BatchConcurrencyTest {
    private static final int CAP = 2;
    private static final ConcurrencySettings SETTINGS = ConcurrencySettings.STANDARD.withPerPrincipal(100);

    private final TimedExecutors executors = new TimedExecutors();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HeldWork work = new HeldWork();
    private final HeldWork other = new HeldWork();
    private final AtomicInteger free = new AtomicInteger();

    @AfterEach
    void open() {
        work.open();
        other.open();
    }

    private BreakwaterBuilder server(ConcurrencySettings settings) {
        return Breakwater.named("t")
                .executors(executors)
                .meterRegistry(registry)
                .pack(new BuiltInPack.Batch())
                .limits(Limits.STANDARD.withConcurrency(100))
                .concurrency(settings)
                .tool(SampleTools.draft("limited").maxConcurrency(CAP).handler((arguments, call) -> work.run()))
                .tool(SampleTools.draft("hasty")
                        .costClass("limited")
                        .timeout(Duration.ofMillis(50))
                        .handler((arguments, call) -> work.run()))
                .tool(SampleTools.draft("other").costClass("limited").handler((arguments, call) -> other.run()))
                .tool(SampleTools.draft("free").handler((arguments, call) -> {
                    free.incrementAndGet();
                    return ToolResult.text("done");
                }));
    }

    private static RecordedReply batch(Breakwater server, String... tools) {
        var items =
                List.of(tools).stream().map(tool -> "{'tool':'" + tool + "'}").toList();
        return ModernRequests.http(server, "{}")
                .ask(
                        "tools/call",
                        "{'name':'batch_operation','arguments':{'operations':[" + String.join(",", items) + "]}}");
    }

    private static RecordedReply batch(Breakwater server, int items, String tool) {
        return batch(server, Collections.nCopies(items, tool).toArray(String[]::new));
    }

    private static RecordedReply call(Breakwater server, String tool) {
        return ModernRequests.http(server, "{}").call(tool);
    }

    /** The code of the failure of each item; empty for success. */
    private static List<String> codes(RecordedReply batch) {
        var results = batch.result().object("structuredContent").get("results");
        return ((Json.Arr) Objects.requireNonNull(results))
                .items().stream()
                        .map(item -> ((Json.Obj) item).object("error").text("code"))
                        .map(code -> code == null ? "" : code)
                        .toList();
    }

    private double gauge(String name, String costClass) {
        return registry.get(name).tag("cost_class", costClass).gauge().value();
    }

    private void awaitQueued(int calls) {
        Eventually.holds(() -> gauge("mcp_concurrency_queued", "limited") == calls);
    }

    /** Lets time pass, step by step, since items start one after another. */
    private void passUntilEnd(RecordedReply batch) {
        Eventually.holds(() -> {
            executors.pass(Duration.ofMillis(10));
            assertThat(gauge("mcp_concurrency_queued", "limited")).isLessThanOrEqualTo(1);
            return batch.ended();
        });
    }

    private void assertIdle() {
        Eventually.holds(() -> gauge("mcp_concurrency_in_flight", "limited") == 0);
        assertThat(gauge("mcp_concurrency_queued", "limited")).isZero();
    }

    // ---- limits -----------------------------------------------------------------------------------------------------

    @Test
    void itemsKeepToTheMaximumOfTheirTool() {
        try (var server = server(SETTINGS).build()) {
            var batch = batch(server, 20, "limited");
            work.awaitRunning(CAP);
            awaitQueued(1);
            work.open();

            assertThat(codes(batch)).hasSize(20).containsOnly("");
            work.assertMost(CAP);
            assertIdle();
        }
    }

    @Test
    void batchesAndCallsShareTheMaximumOfATool() {
        try (var server = server(SETTINGS).build()) {
            var batches = IntStream.range(0, 5)
                    .mapToObj(i -> batch(server, 10, "limited"))
                    .toList();
            var calls =
                    IntStream.range(0, 5).mapToObj(i -> call(server, "limited")).toList();
            work.awaitRunning(CAP);
            work.open();

            assertThat(batches).allSatisfy(batch -> assertThat(codes(batch)).containsOnly(""));
            assertThat(calls)
                    .allSatisfy(call -> assertThat(call.result()).asString().contains("done"));
            work.assertMost(CAP);
            assertIdle();
        }
    }

    @Test
    void itemsNeedNoPermitsOfTheServerAndOfTheirCaller() {
        var settings = SETTINGS.withPerPrincipal(1).withQueue(0, Duration.ofSeconds(1));
        try (var server =
                server(settings).limits(Limits.STANDARD.withConcurrency(2)).build()) {
            var batch = batch(server, 5, "limited");
            work.awaitRunning(CAP);
            work.open();

            assertThat(codes(batch)).containsOnly("");
        }
    }

    @Test
    void itemsOfOtherToolsDoNotWaitForALimitedOne() {
        try (var server = server(SETTINGS).build()) {
            var batch = batch(server, "limited", "limited", "limited", "free", "free");
            work.awaitRunning(CAP);
            Eventually.holds(() -> free.get() == 2);
            work.open();

            assertThat(codes(batch)).containsOnly("");
        }
    }

    // ---- the queue --------------------------------------------------------------------------------------------------

    @Test
    void anItemWaitsForItsOwnBatchForLongerThanTheQueueAllows() {
        try (var server = server(SETTINGS).build()) {
            var batch = batch(server, 5, "limited");
            work.awaitRunning(CAP);
            awaitQueued(1);
            executors.pass(Duration.ofSeconds(20));
            assertThat(gauge("mcp_concurrency_queued", "limited")).isZero();
            work.open();

            assertThat(codes(batch)).containsOnly("");
            work.assertMost(CAP);
        }
    }

    @Test
    void theItemsOfABatchShareOnePlaceInTheQueueAndItsRefusal() {
        try (var server = server(SETTINGS).build()) {
            var calls = List.of(call(server, "other"), call(server, "other"));
            other.awaitRunning(CAP);
            var batch = batch(server, 5, "limited");
            awaitQueued(1);
            passUntilEnd(batch);

            assertThat(codes(batch)).hasSize(5).containsOnly("OVERLOADED");
            assertThat(registry.get("mcp_overload_rejected_total")
                            .functionCounter()
                            .count())
                    .isEqualTo(5);
            other.open();
            calls.forEach(RecordedReply::awaitEnd);
            work.assertMost(0);
            assertIdle();
        }
    }

    @Test
    void aWaitingItemRunsWhenACallOfItsToolEnds() {
        try (var server = server(SETTINGS).build()) {
            var calls = List.of(call(server, "other"), call(server, "other"));
            other.awaitRunning(CAP);
            var batch = batch(server, 5, "limited");
            awaitQueued(1);
            other.open();
            calls.forEach(RecordedReply::awaitEnd);
            work.awaitRunning(CAP);
            work.open();

            assertThat(codes(batch)).containsOnly("");
            work.assertMost(CAP);
        }
    }

    @Test
    void manyBatchesThatWaitForEachOthersItemsAllEnd() {
        try (var server = server(SETTINGS).build()) {
            var batches = IntStream.range(0, 30)
                    .mapToObj(i -> batch(server, 8, i % 2 == 0 ? "limited" : "other"))
                    .toList();
            work.open();
            other.open();

            assertThat(batches).allSatisfy(batch -> assertThat(codes(batch)).hasSize(8));
            assertIdle();
        }
    }

    // ---- the end of a batch -----------------------------------------------------------------------------------------

    @Test
    void theCancellationOfABatchEndsItsWaitingItems() {
        try (var server = server(SETTINGS).build()) {
            var call = call(server, "other");
            other.awaitRunning(1);
            var batch = batch(server, 8, "limited");
            work.awaitRunning(1);
            awaitQueued(1);
            batch.disconnect();

            Eventually.holds(() -> gauge("mcp_concurrency_in_flight", "batch_operation") == 0);
            assertThat(work.running()).isZero();
            assertThat(gauge("mcp_concurrency_queued", "limited")).isZero();
            other.open();
            call.awaitEnd();
            assertIdle();
        }
    }

    @Test
    void theTimeOfAnItemContinuesWhileItWaits() {
        try (var server = server(SETTINGS).build()) {
            var calls = List.of(call(server, "other"), call(server, "other"));
            other.awaitRunning(CAP);
            var batch = batch(server, 3, "hasty");
            awaitQueued(1);
            passUntilEnd(batch);

            assertThat(codes(batch)).containsOnly("TIMEOUT");
            assertThat(gauge("mcp_concurrency_queued", "limited")).isZero();
            other.open();
            calls.forEach(RecordedReply::awaitEnd);
            work.assertMost(0);
            assertIdle();
        }
    }

    // ---- the cost class of the batch --------------------------------------------------------------------------------

    @Test
    void batchesInTheCostClassOfTheirItemsDoNotWaitForEachOther() {
        var settings = SETTINGS.withTools(List.of(new ToolConcurrency("batch_operation", null, "limited")));
        try (var server = server(settings).build()) {
            var batches = List.of(batch(server, 4, "limited"), batch(server, 4, "limited"));
            work.awaitRunning(CAP);
            assertThat(gauge("mcp_concurrency_in_flight", "limited")).isEqualTo(CAP);
            executors.pass(Duration.ofSeconds(20));
            work.open();

            assertThat(batches).allSatisfy(batch -> assertThat(codes(batch)).containsOnly(""));
            work.assertMost(CAP);
            assertIdle();
        }
    }

    @Test
    void theTimeOfABatchSaysNothingAboutItsCostClass() {
        try (var server = server(SETTINGS)
                .tool(SampleTools.draft("slow").handler((a, call) -> other.run()))
                .build()) {
            var batches =
                    IntStream.range(0, 20).mapToObj(i -> batch(server, "slow")).toList();
            other.awaitRunning(20);
            executors.pass(Duration.ofSeconds(1));
            other.open();
            batches.forEach(RecordedReply::awaitEnd);

            // 20 calls at the same time begin a measurement of the latency without load, an eighth of the limit
            Eventually.holds(() -> gauge("mcp_concurrency_limit", "slow") == 12);
            Eventually.holds(() -> gauge("mcp_concurrency_in_flight", "batch_operation") == 0);
            assertThat(gauge("mcp_concurrency_limit", "batch_operation")).isEqualTo(100);
        }
    }
}
