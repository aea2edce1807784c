package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.Span;
import io.breakwater.port.Tracing;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls are spans, and the spans that drivers open during a call are below it and end with it. */
class TracingTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String TASKS = "{'extensions':{'io.modelcontextprotocol/tasks':{}}}";

    private final TimedExecutors executors = new TimedExecutors();
    private final RecordedTracing tracing = new RecordedTracing();
    private final WorkGate gate = new WorkGate();
    private final CompletableFuture<CallContext> seen = new CompletableFuture<>();
    private final Breakwater server = plan().tracing(tracing).build();
    private final ModernRequests modern = ModernRequests.http(server, "{}");

    private BreakwaterBuilder plan() {
        return Breakwater.named("t")
                .executors(executors)
                .tool(SampleTools.saying("query", call -> {
                    try (var span = call.context().span("SELECT")) {
                        span.attribute("db.system.name", "postgresql").attribute("rows", 3);
                        span.child("FETCH").close();
                        return String.valueOf(span.traceParent());
                    }
                }))
                .tool(SampleTools.saying("broken", call -> {
                    call.context().span("SELECT");
                    throw new PortException.UnavailableException("no database", null, null);
                }))
                .tool(SampleTools.saying("hang", call -> {
                    seen.complete(call.context());
                    call.context().span("SELECT");
                    gate.pass();
                    return "done";
                }))
                .tool(SampleTools.draft("task").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                    gate.pass();
                    call.context().span("SELECT").close();
                    return ToolResult.text("done");
                }));
    }

    @AfterEach
    void close() {
        gate.open();
        server.close();
    }

    @Test
    void aCallIsASpanBelowTheParentInItsRequest() {
        modern.ask(
                        "tools/call",
                        "{'name':'query','_meta':{'traceparent':'" + PARENT + "','tracestate':'a=1',"
                                + "'baggage':'b=2'}}")
                .result();

        var call = tracing.ended("tools/call query");
        assertThat(call.parent()).isEqualTo(PARENT);
        assertThat(call.attributes()).containsExactly(entry("mcp.status", "ok"));
        assertThat(call.failures()).isEmpty();
        assertThat(tracing.calls()).singleElement().satisfies(traced -> {
            assertThat(traced.traceState()).isEqualTo("a=1");
            assertThat(traced.baggage()).isEqualTo("b=2");
            assertThat(traced.requestId()).isNotEmpty();
        });
    }

    @Test
    void aLegacyCallIsASpanToo() {
        LegacyRequests.begun(server)
                .ask("tools/call", "{'name':'query','_meta':{'traceparent':'" + PARENT + "'}}")
                .result();

        assertThat(tracing.ended("tools/call query").parent()).isEqualTo(PARENT);
    }

    @Test
    void aDriverOpensSpansBelowTheCall() {
        var result = modern.call("query").result();

        var select = tracing.ended("SELECT");
        assertThat(select.parent()).isEqualTo("tools/call query");
        assertThat(select.attributes()).containsOnly(entry("db.system.name", "postgresql"), entry("rows", 3L));
        assertThat(select.ends()).isEqualTo(1);
        assertThat(tracing.span("FETCH").parent()).isEqualTo("SELECT");
        assertThat(tracing.span("FETCH").ends()).isEqualTo(1);
        assertThat(result).asString().contains("00-SELECT");
    }

    @Test
    void aSpanThatAFailureLeavesOpenEndsWithTheCall() {
        modern.call("broken").result();

        assertThat(tracing.ended("tools/call broken").failures()).containsExactly("external_error");
        assertThat(tracing.span("SELECT").ends()).isEqualTo(1);
    }

    @Test
    void aCancellationEndsTheSpansWhileTheHandlerStillRuns() {
        var reply = modern.call("hang");
        gate.awaitEntered();

        reply.disconnect();

        assertThat(tracing.ended("tools/call hang").failures()).containsExactly("cancelled");
        assertThat(tracing.span("SELECT").ends()).isEqualTo(1);
    }

    @Test
    void theDeadlineEndsTheSpansAndNoneOpensAfterIt() {
        modern.call("hang");
        gate.awaitEntered();

        executors.pass(Duration.ofSeconds(31));

        assertThat(tracing.ended("tools/call hang").failures()).containsExactly("timeout");
        assertThat(tracing.span("SELECT").ends()).isEqualTo(1);
        var context = seen.join();
        assertThat(context.span("late")).isSameAs(Span.NONE);
        assertThat(tracing.size()).isEqualTo(2);
    }

    @Test
    void theSpanOfATaskEndsWithTheTask() {
        ModernRequests.http(server, TASKS).call("task").result();
        gate.awaitEntered();
        assertThat(tracing.span("tools/call task").ends()).isZero();

        gate.open();

        assertThat(tracing.ended("tools/call task").failures()).isEmpty();
        assertThat(tracing.span("SELECT").parent()).isEqualTo("tools/call task");
        assertThat(tracing.span("tools/call task").ends()).isEqualTo(1);
    }

    @Test
    @CoversOutage("traces: application code throwing in the tracing")
    void aTracingThatFailsDoesNotFailTheCall() {
        Tracing broken = call -> {
            throw new IllegalStateException("no exporter");
        };
        try (var untraced = plan().tracing(broken).build()) {
            assertThat(ModernRequests.http(untraced, "{}").call("query").result())
                    .asString()
                    .contains("null");
        }
    }

    @Test
    void withoutTracingEverySpanIsTheSameObject() {
        try (var untraced = plan().build()) {
            ModernRequests.http(untraced, "{}").call("hang");
            gate.awaitEntered();
            var context = seen.join();

            gate.open();
            assertThat(context.span("SELECT")).isSameAs(Span.NONE);
            assertThat(Span.NONE.attribute("a", "b").attribute("c", 1).child("d"))
                    .isSameAs(Span.NONE);
            assertThat(Span.NONE.traceParent()).isNull();
        }
    }
}
