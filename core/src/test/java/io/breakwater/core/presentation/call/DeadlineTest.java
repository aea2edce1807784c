package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call has so much time, and a client that waits sees a sign of life. */
class DeadlineTest {
    private final TimedExecutors executors = new TimedExecutors();
    private final WorkGate gate = new WorkGate();
    private final AtomicReference<Duration> left = new AtomicReference<>(Duration.ZERO);
    private final CountDownLatch told = new CountDownLatch(1);
    private final Breakwater server = plan().build();
    private final ModernRequests modern = ModernRequests.http(server, "{}");

    private BreakwaterBuilder plan() {
        return Breakwater.named("t")
                .executors(executors)
                .tool(SampleTools.saying("wait", call -> {
                    left.set(call.remaining());
                    call.context().onCancel(told::countDown);
                    gate.pass();
                    return "done";
                }))
                .tool(SampleTools.draft("brief").timeout(Duration.ofSeconds(1)).handler((arguments, call) -> {
                    gate.pass();
                    return ToolResult.text("done");
                }))
                .resource(Resource.of("slow://one").name("slow").reader(call -> {
                    gate.pass();
                    return List.of();
                }));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aToolThatTakesTooLongIsStoppedAndSaysSo() {
        var reply = modern.call("wait");
        gate.awaitEntered();
        assertThat(left.get()).isEqualTo(Duration.ofSeconds(30));

        executors.pass(Duration.ofSeconds(29));
        assertThat(reply.ended()).isFalse();
        executors.pass(Duration.ofSeconds(2));

        assertThat(reply.result().get("isError")).isEqualTo(Json.of(true));
        assertThat(reply.result()).asString().contains("TIMEOUT", "30 s");
        gate.awaitInterrupted();
        assertThat(told.getCount()).isZero();
    }

    @Test
    void aToolMayHaveATimeOfItsOwn() {
        var reply = modern.call("brief");
        gate.awaitEntered();
        executors.pass(Duration.ofMillis(1100));

        assertThat(reply.result()).asString().contains("TIMEOUT");
    }

    @Test
    void whatIsNoToolEndsWithAnError() {
        var reply = modern.ask("resources/read", "{'uri':'slow://one'}");
        gate.awaitEntered();
        executors.pass(Duration.ofSeconds(31));

        assertThat(reply.code()).isEqualTo(-32603);
        gate.awaitInterrupted();
    }

    @Test
    void anAnswerThatTakesItsTimeBecomesAStream() {
        var reply = modern.call("wait");
        gate.awaitEntered();
        executors.pass(Duration.ofSeconds(2));
        assertThat(reply.status()).isNull();

        executors.pass(Duration.ofSeconds(2));
        assertThat(reply.status()).isEqualTo(ReplyStatus.RESULT);
        assertThat(reply.isStream()).isTrue();

        gate.open();
        assertThat(reply.result()).asString().contains("done");
    }

    @Test
    void anAnswerThatIsQuickIsOneMessage() {
        var reply = modern.call("wait");
        gate.open();

        assertThat(reply.result()).asString().contains("done");
        assertThat(reply.isStream()).isFalse();
    }

    @Test
    void aClientThatHangsUpCancelsItsModernCall() {
        var reply = modern.call("wait");
        gate.awaitEntered();
        reply.disconnect();

        gate.awaitInterrupted();
        assertThat(told.getCount()).isZero();
        assertThat(reply.messages()).isEmpty();
    }

    @Test
    void aLegacyCallGoesOnWhenItsClientHangsUp() {
        var legacy = LegacyRequests.begun(server);
        var reply = legacy.call("wait");
        gate.awaitEntered();
        executors.pass(Duration.ofSeconds(4));
        var primed = reply.events().getFirst().id();
        reply.disconnect();
        assertThat(gate.wasInterrupted()).isFalse();

        gate.open();
        reply.awaitEnd();
        var again = legacy.resume(String.valueOf(primed));
        assertThat(again.result()).asString().contains("done");
    }

    @Test
    @CoversOutage("execution modes: threads without a place in the CPU pool")
    void rejectsACallAsOverloadedWithoutAFreeThread() {
        executors.fill();
        var reply = modern.call("wait");

        assertThat(reply.status()).isEqualTo(new ReplyStatus.Overloaded(Duration.ofSeconds(1)));
        assertThat(reply.code()).isEqualTo(503);
        assertThat(reply.error().object("data").text("code")).isEqualTo("OVERLOADED");
    }
}
