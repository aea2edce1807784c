package io.breakwater.core.presentation.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.memory.ForwardingIdempotencyStore;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.Limits;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call keeps its claim while it runs, however long it takes. */
class ClaimRenewalTest {
    private static final Duration STEP = Duration.ofMinutes(1);

    private final TimedExecutors executors = new TimedExecutors();
    private final SimulatedLink line = new SimulatedLink();
    private final WorkGate gate = new WorkGate();
    private final List<Thread> renewals = new CopyOnWriteArrayList<>();
    private final ForwardingIdempotencyStore keys =
            new ForwardingIdempotencyStore(new MemoryIdempotencyStore(line, executors.clock())) {
                @Override
                public void renew(IdempotencyKey key, Claim.Granted claim, Duration lease, CallContext context) {
                    super.renew(key, claim, lease, context);
                    renewals.add(Thread.currentThread());
                }
            };

    record Sure(boolean sure) {}

    private final Breakwater server = Breakwater.named("shop")
            .executors(executors)
            .idempotency(keys)
            .limits(Limits.STANDARD.withTaskTtl(Duration.ofHours(1)))
            .tool(SampleTools.saying("ask", call -> {
                call.elicit("sure", "Pay?", Sure.class);
                return "paid";
            }))
            .tool(SampleTools.draft("unwritable").handler((arguments, call) -> unwritable()))
            .tool(SampleTools.draft("work").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                gate.pass();
                return ToolResult.text("done");
            }))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    @SuppressWarnings("NullAway") // a bug of a handler that is not compiled with it
    private static ToolResult unwritable() {
        return ToolResult.of(new Content.Image(null, "image/png"));
    }

    private static String call(String tool) {
        return "{'name':'" + tool + "','_meta':{'" + IdempotencyService.META_KEY + "':'k'}}";
    }

    /** Lets time pass in steps, and waits in each until the claim of the one call that runs is renewed. */
    private void passWithRenewals(int steps) {
        for (int i = 0; i < steps; i++) {
            int before = renewals.size();
            executors.pass(STEP);
            Eventually.holds(() -> renewals.size() > before);
        }
    }

    @Test
    void aCallThatWaitsForItsUserIsInProgress() {
        var client = LegacyRequests.begun(server);
        var waiting = client.ask("tools/call", call("ask"));
        var form = waiting.awaitMessages(1).getFirst();
        passWithRenewals(9);

        assertThat(client.ask("tools/call", call("ask")).result()).asString().contains("CONFLICT", "in progress");

        client.answer(form, "{'action':'accept','content':{'sure':true}}");
        assertThat(waiting.result()).asString().contains("paid");
        assertThat(client.ask("tools/call", call("ask")).result()).asString().contains("paid", KeyedCall.META_REPLAYED);
    }

    @Test
    void aTaskIsInProgress() {
        var client = ModernRequests.http(server, "{'extensions':{'io.modelcontextprotocol/tasks':{}}}");
        var task =
                String.valueOf(client.ask("tools/call", call("work")).result().text("taskId"));
        gate.awaitEntered();
        passWithRenewals(30);

        assertThat(client.ask("tools/call", call("work")).result()).asString().contains("CONFLICT", "in progress");

        gate.open();
        Eventually.holds(() -> "completed".equals(status(client, task)));
        assertThat(client.ask("tools/call", call("work")).result())
                .asString()
                .contains("done", KeyedCall.META_REPLAYED);
    }

    private static String status(ModernRequests client, String task) {
        return String.valueOf(
                client.ask("tasks/get", Json.object().put("taskId", task).build())
                        .result()
                        .text("status"));
    }

    @Test
    void renewsOnVirtualThreadsAndOnlyWhileACallRuns() {
        var client = ModernRequests.http(server, "{'extensions':{'io.modelcontextprotocol/tasks':{}}}");
        client.ask("tools/call", call("work")).result();
        gate.awaitEntered();
        passWithRenewals(1);
        assertThat(renewals).allMatch(Thread::isVirtual);

        gate.open();
        Eventually.holds(
                () -> client.ask("tools/call", call("work")).result().toString().contains("done"));
        renewals.clear();
        executors.pass(STEP.multipliedBy(10));
        assertThat(renewals).isEmpty();
    }

    private void startWork() {
        var client = ModernRequests.http(server, "{'extensions':{'io.modelcontextprotocol/tasks':{}}}");
        client.ask("tools/call", call("work")).result();
        gate.awaitEntered();
    }

    @Test
    void renewsAgainAfterTheExecutorsWereFull() {
        startWork();
        executors.fill();
        executors.pass(STEP);
        assertThat(renewals).isEmpty();
        executors.makeRoom();

        passWithRenewals(1);
        gate.open();
    }

    @Test
    void logsTheBeginningAndTheEndOfAnOutage() {
        startWork();
        try (var log = CapturedLog.of("io.breakwater.call")) {
            line.cut();
            for (int i = 0; i < 3; i++) {
                executors.pass(STEP);
                executors.awaitRunning(1); // the work
            }
            line.mend();
            passWithRenewals(1);
            executors.awaitRunning(1);

            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().getFirst())
                    .startsWith("WARN The claims of running calls cannot be renewed: ")
                    .doesNotContain("..")
                    .endsWith(". Calls that repeat them report an unknown outcome after 2 minutes, until the first call"
                            + " has ended.");
            assertThat(log.lines().getLast()).isEqualTo("INFO The claims of running calls are renewed again.");
        }
        gate.open();
    }

    @Test
    void doesNotRenewTheClaimOfACallWhoseResultCannotBeWritten() {
        var client = ModernRequests.http(server, "{}");
        assertThat(client.ask("tools/call", call("unwritable")).answer().toString())
                .contains("INTERNAL_ERROR");

        executors.pass(STEP);
        executors.awaitIdle();

        assertThat(renewals).isEmpty();
        assertThat(client.ask("tools/call", call("unwritable")).answer().toString())
                .contains("CONFLICT", "outcome");
    }

    @Test
    void renewsAgainAfterAnOutageOfTheStore() {
        var client = ModernRequests.http(server, "{'extensions':{'io.modelcontextprotocol/tasks':{}}}");
        client.ask("tools/call", call("work")).result();
        gate.awaitEntered();
        line.cut();
        executors.pass(STEP.multipliedBy(10));
        line.mend();
        passWithRenewals(1);

        assertThat(client.ask("tools/call", call("work")).result()).asString().contains("CONFLICT", "in progress");
    }
}
