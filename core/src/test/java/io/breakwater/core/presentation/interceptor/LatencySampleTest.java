package io.breakwater.core.presentation.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.Limits;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.ConcurrencySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which calls tell how long the work of a tool takes. Twenty latencies of calls that ran at the same time begin a
 * measurement, which lowers the limit of the tool to an eighth.
 */
class LatencySampleTest {
    private static final ToolResult DONE =
            ToolResult.structured(Json.object().put("done", true).build());
    private static final int CALLS = 20;
    private static final int MAX = 100;
    private static final int MEASURED = MAX / 8;

    private final TimedExecutors executors = new TimedExecutors();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HeldWork work = new HeldWork();
    private final AtomicInteger hanging = new AtomicInteger();
    private volatile boolean outage;
    private volatile boolean held;
    private volatile boolean intercepted;
    private final Breakwater server = Breakwater.named("t")
            .executors(executors)
            .meterRegistry(registry)
            .limits(Limits.STANDARD.withConcurrency(MAX))
            .concurrency(ConcurrencySettings.STANDARD.withPerPrincipal(MAX))
            .interceptor(new Holding())
            .tool(SampleTools.draft("work").handler((arguments, call) -> outage ? hang() : work.run()))
            .tool(SampleTools.draft("cached")
                    .readOnly()
                    .cacheForAll(Duration.ofHours(1))
                    .handler((arguments, call) -> DONE))
            .tool(SampleTools.draft("loaded")
                    .readOnly()
                    .cacheForAll(Duration.ofHours(1))
                    .handler((arguments, call) -> {
                        work.run();
                        return DONE;
                    }))
            .tool(SampleTools.draft("stale")
                    .readOnly()
                    .cacheForAll(Duration.ofSeconds(1))
                    .staleWhileRevalidate(Duration.ZERO)
                    .staleIfError(Duration.ofHours(1))
                    .handler((arguments, call) -> {
                        if (outage) {
                            hang();
                        }
                        if (held) {
                            work.run();
                        }
                        return DONE;
                    }))
            .build();

    /** Lets calls of the cached tool switch to virtual threads and wait there. */
    private final class Holding implements Interceptor {
        @Override
        public Decision before(InterceptedCall call) {
            if (!intercepted) {
                return Decision.PROCEED;
            }
            if (call.executionMode() == ExecutionMode.INLINE) {
                return new Decision.SwitchExecutor(ExecutionMode.VIRTUAL);
            }
            try {
                work.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Decision.PROCEED;
        }
    }

    private ToolResult hang() throws InterruptedException {
        hanging.incrementAndGet();
        new CountDownLatch(1).await();
        return ToolResult.text("never");
    }

    @AfterEach
    void close() {
        work.open();
        server.close();
    }

    private RecordedReply call(String tool, int number) {
        return ModernRequests.http(server, "{}")
                .ask("tools/call", "{'name':'" + tool + "','arguments':{'n':" + number + "}}");
    }

    private List<RecordedReply> calls(String tool) {
        return IntStream.range(0, CALLS).mapToObj(i -> call(tool, 1)).toList();
    }

    private void finish(List<RecordedReply> replies) {
        executors.pass(Duration.ofSeconds(1));
        work.open();
        awaitEnd(replies);
    }

    private void awaitEnd(List<RecordedReply> replies) {
        replies.forEach(RecordedReply::awaitEnd);
        Eventually.holds(() ->
                registry.get("mcp_concurrency_in_flight").gauges().stream().allMatch(gauge -> gauge.value() == 0));
    }

    private double limit(String tool) {
        return registry.get("mcp_concurrency_limit")
                .tag("cost_class", tool)
                .gauge()
                .value();
    }

    @Test
    void callsWhoseHandlerReturnedAreSamples() {
        var replies = calls("work");
        work.awaitRunning(CALLS);
        finish(replies);

        assertThat(limit("work")).isEqualTo(MEASURED);
    }

    @Test
    void cachedResultsAreNotEvenIfTheCallSwitchedItsExecutorBefore() {
        call("cached", 1).awaitEnd();
        intercepted = true;
        var replies = calls("cached");
        work.awaitRunning(CALLS);
        finish(replies);

        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.result()).asString().contains("done"));
        assertThat(limit("cached")).isEqualTo(MAX);
    }

    @Test
    void resultsThatAnotherCallLoadedAreNot() {
        var replies = calls("loaded");
        work.awaitRunning(1);
        finish(replies);

        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.result()).asString().contains("done"));
        assertThat(limit("loaded")).isEqualTo(MAX);
    }

    @Test
    void staleResultsAfterATimeoutAreTimeouts() {
        int calls = 12;
        for (int i = 0; i < calls; i++) {
            call("stale", i).awaitEnd();
            executors.pass(Duration.ofMillis(11)); // deadlines are not at the time of their check
        }
        executors.pass(Duration.ofSeconds(2));
        outage = true;
        var replies = IntStream.range(0, calls).mapToObj(i -> call("stale", i)).toList();
        Eventually.holds(() -> hanging.get() == calls);
        executors.pass(Duration.ofSeconds(31));
        awaitEnd(replies);
        outage = false;
        held = true;

        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.result()).asString().contains("done"));
        call("stale", calls);
        call("stale", calls + 1);
        work.awaitRunning(2);
    }

    @Test
    void timeoutsDoNotMakeTheCallsOfAToolRunOneAfterAnother() {
        executors.pass(Duration.ofMillis(10)); // deadlines are not at the time of their check
        outage = true;
        var replies = calls("work");
        Eventually.holds(() -> hanging.get() == CALLS);
        executors.pass(Duration.ofSeconds(31));
        awaitEnd(replies);
        outage = false;

        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.result()).asString().contains("TIMEOUT"));
        call("work", 1);
        call("work", 1);
        work.awaitRunning(2);
    }
}
