package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.Limits;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.ConcurrencySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that wait for a permit, without a thread. */
class WaitingCallTest {
    private final TimedExecutors executors = new TimedExecutors();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WorkGate gate = new WorkGate();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Breakwater server = Breakwater.named("t")
            .executors(executors)
            .meterRegistry(registry)
            .limits(Limits.STANDARD.withConcurrency(100))
            .concurrency(ConcurrencySettings.STANDARD.withQueue(2, Duration.ofSeconds(1)))
            .tool(SampleTools.draft("hold")
                    .costClass("shared")
                    .maxConcurrency(1)
                    .handler((arguments, call) -> {
                        gate.pass();
                        return ToolResult.text("done");
                    }))
            .tool(SampleTools.draft("hasty")
                    .costClass("shared")
                    .timeout(Duration.ofMillis(50))
                    .handler((arguments, call) -> {
                        seen.add("hasty ran");
                        return ToolResult.text("done");
                    }))
            .tool(SampleTools.draft("inline")
                    .costClass("shared")
                    .executionMode(ExecutionMode.INLINE)
                    .handler((arguments, call) -> {
                        seen.add("ran on " + call.executionMode());
                        return ToolResult.text("done");
                    }))
            .tool(SampleTools.draft("compute")
                    .costClass("shared")
                    .executionMode(ExecutionMode.CPU)
                    .handler((arguments, call) -> {
                        seen.add("ran on " + call.executionMode());
                        return ToolResult.text("done");
                    }))
            .build();
    private final ModernRequests client = ModernRequests.http(server, "{}");

    @AfterEach
    void close() {
        gate.open();
        server.close();
    }

    private RecordedReply holding() {
        var reply = client.call("hold");
        gate.awaitEntered();
        return reply;
    }

    private double queued() {
        return registry.get("mcp_concurrency_queued").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    private double inFlight() {
        return registry.get("mcp_concurrency_in_flight").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    private double rejected(String costClass, String reason) {
        var counter = registry.find("mcp_overload_rejected_total")
                .tag("cost_class", costClass)
                .tag("reason", reason)
                .functionCounter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void aCallContinuesWhenAPermitIsFree() {
        holding();
        var waiting = client.call("inline");
        assertThat(waiting.ended()).isFalse();
        assertThat(queued()).isOne();

        gate.open();
        assertThat(waiting.result()).asString().contains("done");
        assertThat(seen).containsExactly("ran on VIRTUAL");
        Eventually.holds(() -> inFlight() == 0);
    }

    @Test
    void aCallThatComputesContinuesInTheCpuPool() {
        holding();
        var waiting = client.call("compute");
        gate.open();

        assertThat(waiting.result()).asString().contains("done");
        assertThat(seen).containsExactly("ran on CPU");
    }

    @Test
    void aLegacyCallWaitsToo() {
        var legacy = LegacyRequests.begun(server);
        holding();
        var waiting = legacy.call("inline");
        assertThat(waiting.ended()).isFalse();
        gate.open();

        assertThat(waiting.result()).asString().contains("done");
    }

    @Test
    @CoversOutage("concurrency limit: threads at the limit of calls")
    void aCallThatWaitsForTooLongIsRefusedAndCounted() {
        holding();
        var waiting = client.call("inline");
        executors.pass(Duration.ofMillis(150));

        assertThat(waiting.awaitEnd().status()).isInstanceOf(ReplyStatus.Overloaded.class);
        assertThat(waiting.code()).isEqualTo(503);
        assertThat(waiting.error().text("message")).contains("no capacity became free");
        assertThat(rejected("shared", "queue_timeout")).isOne();
        assertThat(seen).isEmpty();
    }

    @Test
    void aFullQueueRefusesAtOnce() {
        holding();
        client.call("inline");
        client.call("inline");
        var third = client.call("inline");

        assertThat(third.awaitEnd().status()).isInstanceOf(ReplyStatus.Overloaded.class);
        assertThat(third.error().text("message"))
                .startsWith("Too many concurrent calls of this kind: the limit is 1 at present. Retry in ");
        assertThat(rejected("shared", "class_limit")).isOne();
    }

    @Test
    void theWaitCountsTowardsTheDeadline() {
        holding();
        var waiting = client.call("hasty");
        executors.pass(Duration.ofMillis(50));

        assertThat(waiting.result()).asString().contains("TIMEOUT");
        assertThat(queued()).isZero();
        gate.open();
        Eventually.holds(() -> inFlight() == 0);
        assertThat(seen).isEmpty();
    }

    @Test
    void aClientThatDisconnectsLeavesTheQueue() {
        holding();
        var gone = client.call("hasty");
        var waiting = client.call("inline");
        gone.disconnect();
        gone.awaitEnd();
        assertThat(queued()).isOne();

        gate.open();
        assertThat(waiting.result()).asString().contains("done");
        Eventually.holds(() -> inFlight() == 0);
        assertThat(seen).containsExactly("ran on VIRTUAL");
    }

    @Test
    void aCallThatCannotContinueIsRefusedAndReturnsItsPermit() {
        holding();
        var waiting = client.call("inline");
        executors.fill();
        gate.open();

        assertThat(waiting.awaitEnd().status()).isInstanceOf(ReplyStatus.Overloaded.class);
        Eventually.holds(() -> inFlight() == 0);
    }

    @Test
    void theShutdownEndsWaitingCalls() {
        holding();
        var waiting = client.call("inline");
        gate.open();
        server.close();

        waiting.awaitEnd();
    }
}
