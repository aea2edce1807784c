package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
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
    private final TimedExecutors lanes = new TimedExecutors();
    private final WorkGate gate = new WorkGate();
    private final AtomicReference<Duration> left = new AtomicReference<>(Duration.ZERO);
    private final CountDownLatch told = new CountDownLatch(1);
    private final Breakwater server = plan().build();
    private final ModernRequests modern = ModernRequests.http(server, "{}");

    private BreakwaterBuilder plan() {
        return Breakwater.named("t")
                .executors(lanes)
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
        var heard = modern.call("wait");
        gate.awaitEntered();
        assertThat(left.get()).isEqualTo(Duration.ofSeconds(30));

        lanes.pass(Duration.ofSeconds(29));
        assertThat(heard.ended()).isFalse();
        lanes.pass(Duration.ofSeconds(2));

        assertThat(heard.result().get("isError")).isEqualTo(Json.of(true));
        assertThat(heard.result()).asString().contains("TIMEOUT", "30 s");
        gate.awaitInterrupted();
        assertThat(told.getCount()).isZero();
    }

    @Test
    void aToolMayHaveATimeOfItsOwn() {
        var heard = modern.call("brief");
        gate.awaitEntered();
        lanes.pass(Duration.ofMillis(1100));

        assertThat(heard.result()).asString().contains("TIMEOUT");
    }

    @Test
    void whatIsNoToolEndsWithAnError() {
        var heard = modern.ask("resources/read", "{'uri':'slow://one'}");
        gate.awaitEntered();
        lanes.pass(Duration.ofSeconds(31));

        assertThat(heard.code()).isEqualTo(-32603);
        gate.awaitInterrupted();
    }

    @Test
    void anAnswerThatTakesItsTimeBecomesAStream() {
        var heard = modern.call("wait");
        gate.awaitEntered();
        lanes.pass(Duration.ofSeconds(2));
        assertThat(heard.disposition()).isNull();

        lanes.pass(Duration.ofSeconds(2));
        assertThat(heard.disposition()).isEqualTo(ReplyStatus.RESULT);
        assertThat(heard.isStream()).isTrue();

        gate.open();
        assertThat(heard.result()).asString().contains("done");
    }

    @Test
    void anAnswerThatIsQuickIsOneMessage() {
        var heard = modern.call("wait");
        gate.open();

        assertThat(heard.result()).asString().contains("done");
        assertThat(heard.isStream()).isFalse();
    }

    @Test
    void aClientThatHangsUpCancelsItsModernCall() {
        var heard = modern.call("wait");
        gate.awaitEntered();
        heard.disconnect();

        gate.awaitInterrupted();
        assertThat(told.getCount()).isZero();
        assertThat(heard.messages()).isEmpty();
    }

    @Test
    void aLegacyCallGoesOnWhenItsClientHangsUp() {
        var legacy = LegacyRequests.begun(server);
        var heard = legacy.call("wait");
        gate.awaitEntered();
        lanes.pass(Duration.ofSeconds(4));
        var primed = heard.events().getFirst().id();
        heard.disconnect();
        assertThat(gate.wasInterrupted()).isFalse();

        gate.open();
        heard.awaitEnd();
        var again = legacy.resume(String.valueOf(primed));
        assertThat(again.result()).asString().contains("done");
    }

    @Test
    void aServerWithoutRoomForAnotherThreadRefusesAsOverloaded() {
        lanes.fill();
        var heard = modern.call("wait");

        assertThat(heard.disposition()).isEqualTo(new ReplyStatus.Overloaded(Duration.ofSeconds(1)));
        assertThat(heard.code()).isEqualTo(503);
        assertThat(heard.error().object("data").text("code")).isEqualTo("OVERLOADED");
    }
}
