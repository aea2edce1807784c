package io.breakwater.core.presentation.interceptor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.AuditEntry;
import io.breakwater.port.AuditEntry.End;
import io.breakwater.port.AuditEntry.Start;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.memory.MemoryAuditLog;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AuditFailurePolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which calls the audit log records, and what happens to calls while it cannot be written. */
class AuditInterceptorTest {
    private static final String CANARY = "canary-7f3a9c";

    private final SimulatedLink link = new SimulatedLink();
    private final MemoryAuditLog log = new MemoryAuditLog(link);
    private final AtomicReference<Principal> caller = new AtomicReference<>(Principal.of("ann"));
    private final AtomicInteger effects = new AtomicInteger();
    private final AtomicInteger recordedBeforeEffect = new AtomicInteger();
    private Breakwater server = server(AuditFailurePolicy.DENY_WRITES);

    private Breakwater server(AuditFailurePolicy onFailure) {
        return server(onFailure, ServerExecutors.standard());
    }

    private Breakwater server(AuditFailurePolicy onFailure, ServerExecutors executors) {
        return Breakwater.named("t")
                .executors(executors)
                .auditLog(log, onFailure)
                .authenticator(Authenticator.of((fields, peer) -> new Authenticated(caller.get())))
                .tool(SampleTools.draft("look")
                        .readOnly()
                        .executionMode(ExecutionMode.INLINE)
                        .handler((arguments, call) -> ToolResult.text("seen " + CANARY)))
                .tool(SampleTools.draft("erase")
                        .executionMode(ExecutionMode.INLINE)
                        .handler((arguments, call) -> {
                            effects.incrementAndGet();
                            recordedBeforeEffect.set(log.durableWrites());
                            return ToolResult.text("erased");
                        }))
                .tool(SampleTools.saying("fail", call -> {
                    throw new ToolException(ErrorCode.CONFLICT, CANARY);
                }))
                .tool(SampleTools.draft("scoped").requiresScope("orders:write").handler((arguments, call) -> {
                    effects.incrementAndGet();
                    return ToolResult.text("done");
                }))
                .tool(SampleTools.draft("hidden")
                        .requiresRole("admin")
                        .handler((arguments, call) -> ToolResult.text("done")))
                .build();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private RecordedReply call(String tool, Json.Obj arguments) {
        return ModernRequests.http(server, "{}")
                .ask(
                        "tools/call",
                        Json.object()
                                .put("name", tool)
                                .put("arguments", arguments)
                                .build())
                .awaitEnd();
    }

    private RecordedReply call(String tool) {
        return call(tool, Json.Obj.EMPTY);
    }

    private List<AuditEntry> entries(int count) {
        Eventually.holds(() -> log.entries().size() >= count);
        return log.entries();
    }

    @Test
    void recordsAReadingCallWhenItEnds() {
        call("look");

        var end = (End) entries(1).getFirst();
        assertThat(end.outcome()).isEqualTo("ok");
        assertThat(end.call().subject()).isEqualTo("ann");
        assertThat(end.call().method()).isEqualTo("tools/call");
        assertThat(end.call().target()).isEqualTo("look");
        assertThat(end.call().requestId()).isNotBlank();
        assertThat(log.durableWrites()).isZero();
    }

    @Test
    void recordsACallThatMayChangeDataBeforeItsEffectAndAgainWithItsOutcome() {
        call("erase");

        var entries = entries(2);
        assertThat(recordedBeforeEffect).hasValue(1);
        assertThat(entries.getFirst()).isInstanceOf(Start.class);
        assertThat(((Start) entries.get(0)).call()).isEqualTo(((End) entries.get(1)).call());
    }

    @Test
    void recordsARefusalForALackOfScopesWithoutWaitingForTheDisk() {
        call("scoped");

        assertThat(((End) entries(1).getFirst()).outcome()).isEqualTo("forbidden");
        assertThat(log.entries()).hasSize(1);
        assertThat(log.durableWrites()).isZero();
        assertThat(effects).hasValue(0);
    }

    @Test
    void recordsACallOfAToolThatTheCallerMustNotKnow() {
        call("hidden");

        var end = (End) entries(1).getFirst();
        assertThat(end.outcome()).isEqualTo("invalid_params");
        assertThat(end.call().target()).isEqualTo("hidden");
    }

    @Test
    void doesNotRecordRefusalsToAnonymousCallersWhichCouldFillTheDisk() {
        caller.set(Principal.ANONYMOUS);
        call("scoped");
        call("hidden");
        caller.set(Principal.of("ann"));
        call("look");

        assertThat(entries(1)).hasSize(1);
        assertThat(((End) log.entries().getFirst()).call().target()).isEqualTo("look");
    }

    @Test
    void doesNotRecordCallsOfAnonymousCallersThatNoRateLimitBounds() {
        caller.set(Principal.ANONYMOUS);
        taskMethods();
        caller.set(Principal.of("ann"));
        taskMethods();

        assertThat(entries(3))
                .extracting(entry -> ((End) entry).call().method() + " of "
                        + ((End) entry).call().subject())
                .containsExactly("tasks/get of ann", "tasks/update of ann", "tasks/cancel of ann");
    }

    private void taskMethods() {
        var client = ModernRequests.http(server, "{'extensions':{'io.modelcontextprotocol/tasks':{}}}");
        client.ask("tasks/get", "{'taskId':'unknown'}").awaitEnd();
        client.ask("tasks/update", "{'taskId':'unknown','inputResponses':{}}").awaitEnd();
        client.ask("tasks/cancel", "{'taskId':'unknown'}").awaitEnd();
    }

    @Test
    void doesNotRecordPings() {
        var client = LegacyRequests.begun(server);
        client.ask("ping", "{}").awaitEnd();
        client.ask("tools/list", "{}").awaitEnd();

        assertThat(entries(2))
                .extracting(entry -> ((End) entry).call().method())
                .containsExactly("initialize", "tools/list");
    }

    @Test
    void recordsOtherMethodsToo() {
        ModernRequests.http(server, "{}").ask("tools/list", "{}").awaitEnd();

        assertThat(((End) entries(1).getFirst()).call().method()).isEqualTo("tools/list");
    }

    @Test
    void recordsADigestOfTheArgumentsThatDoesNotDependOnTheirNotation() {
        call("look", (Json.Obj) Json.parse("{\"a\":1,\"b\":[2.0]}"));
        call("look", (Json.Obj) Json.parse("{\"b\":[20e-1],\"a\":1.0}"));
        call("look", (Json.Obj) Json.parse("{\"a\":2}"));

        var digests = entries(3).stream()
                .map(entry -> String.valueOf(((End) entry).call().arguments()))
                .toList();
        assertThat(digests.get(0))
                .matches("[0-9a-f]{64}")
                .isEqualTo(digests.get(1))
                .isNotEqualTo(digests.get(2));
    }

    @Test
    void containsNoArgumentsNoResultsAndNoErrorMessages() {
        call("look", Json.object().put("password", CANARY).build());
        call("fail", Json.object().put(CANARY, "x").build());

        var lines = entries(3).stream()
                .map(entry -> new String(entry.line(log.name()), UTF_8))
                .toList();
        assertThat(lines).noneMatch(line -> line.contains(CANARY)).anyMatch(line -> line.contains("\"conflict\""));
    }

    @Test
    @CoversOutage("audit log, `deny-writes`: audit folder full, read-only or removed")
    void refusesOnlyWritesWhileTheLogCannotBeWrittenAndRecoversByItself() {
        link.cut();

        var refused = call("erase");
        assertThat(refused.error().object("data").text("code")).isEqualTo("OVERLOADED");
        assertThat(refused.error().text("message")).contains("cannot record calls");
        assertThat(call("look").result().toString()).contains("seen");
        assertThat(effects).hasValue(0);

        link.mend();
        Eventually.holds(() -> call("erase").answer().has("result"));
        assertThat(effects).hasPositiveValue();
        assertThat(entries(3).stream().filter(End.class::isInstance).map(entry -> ((End) entry).outcome()))
                .as("the outage is in the log")
                .contains("overloaded");
    }

    @ParameterizedTest
    @CoversOutage({
        "audit log, `deny-all`: audit folder full, read-only or removed",
        "audit log, `allow`: audit folder full, read-only or removed"
    })
    @EnumSource(AuditFailurePolicy.class)
    void followsTheFailurePolicy(AuditFailurePolicy policy) {
        server.close();
        server = server(policy);
        link.cut();
        call("erase"); // from now on the failure is known
        effects.set(0);

        boolean writes = call("erase").answer().has("result");
        boolean reads = call("look").answer().has("result");

        assertThat(writes).isEqualTo(policy == AuditFailurePolicy.ALLOW);
        assertThat(effects).hasValue(writes ? 1 : 0);
        assertThat(reads).isEqualTo(policy != AuditFailurePolicy.DENY_ALL);
    }

    @Test
    @CoversOutage("audit log: audit folder frozen")
    void aLogThatHangsDeniesAllCallsIfThePolicySaysSo() {
        server.close();
        var executors = new TimedExecutors();
        server = server(AuditFailurePolicy.DENY_ALL, executors);
        link.stall();
        assertThat(call("look").answer().has("result")).isTrue();
        executors.pass(Duration.ofSeconds(1)); // the entry of this call is written then
        Eventually.holds(() -> link.waiting() == 1);
        executors.pass(Duration.ofSeconds(11));

        try (var requests = CapturedLog.of("io.breakwater.request")) {
            assertThat(call("look").error().object("data").text("code")).isEqualTo("OVERLOADED");

            assertThat(requests.events()).singleElement().satisfies(line -> {
                assertThat(line.getLevel()).as("the outage has a warning").isEqualTo(Level.INFO);
                assertThat(line.getKeyValuePairs().toString())
                        .contains("reason=")
                        .contains("check its file system");
            });
        }

        link.mend();
        Eventually.holds(() -> call("look").answer().has("result"));
    }

    @Test
    @CoversOutage("audit log: audit folder not writable when the server stops")
    void aServerThatCannotWriteTheLastEntriesSaysSo() {
        link.cut();
        call("look");
        call("look");
        try (var lines = CapturedLog.of("io.breakwater.server.LoggingAuditListener")) {
            server.close();

            assertThat(lines.lines())
                    .containsExactly("ERROR 2 entries of the audit log could not be written and are lost:"
                            + " The line was cut by the test. The log ends before them.");
        }
        assertThat(server.hasLostAuditEntries()).isTrue();
    }

    @Test
    @CoversOutage("audit log, `allow`: audit folder full, read-only or removed")
    void aServerThatLosesEntriesSaysSoWhenItBegins() {
        server.close();
        server = server(AuditFailurePolicy.ALLOW);
        link.cut();
        call("look");
        Eventually.holds(() -> call("erase").answer().has("result")); // from now on the failure is known
        try (var lines = CapturedLog.of("io.breakwater.server.LoggingAuditListener")) {
            for (int calls = 0; calls <= 8_192 + 1_024; calls++) { // more than those that wait and those in an attempt
                call("look");
            }
            lines.await("Entries of the audit log are lost from now on");

            link.mend();
            lines.await("The audit log accepts entries again; ");
            assertThat(lines.events()).hasSize(2).allMatch(line -> line.getLevel() == Level.WARN);
        }
    }

    @Test
    void writesTheLastEntriesWhenTheServerCloses() {
        call("look");
        server.close();

        assertThat(log.entries()).hasSize(1);
        assertThat(server.hasLostAuditEntries()).isFalse();
    }
}
