package io.breakwater.core.presentation.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.mcp.McpException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests at work are told apart by their ids, from before they start until they are answered. */
class SameIdTest {
    private static final int NO_SUCH_SESSION = -32001;
    private static final String META = "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
            + "'io.modelcontextprotocol/clientCapabilities':{}},";

    private final WorkGate gate = new WorkGate();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicReference<Runnable> beforeACall = new AtomicReference<>(() -> {});
    private final Breakwater server = plan().build();

    private BreakwaterBuilder plan() {
        return Breakwater.named("t")
                .interceptor(new Interceptor() {
                    @Override
                    public Decision before(InterceptedCall call) {
                        if (call.method().equals("tools/call")) {
                            beforeACall.getAndSet(() -> {}).run();
                        }
                        return Decision.PROCEED;
                    }
                })
                .tool(SampleTools.saying("wait", call -> {
                    runs.incrementAndGet();
                    gate.pass();
                    return "done";
                }));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static byte[] request(String method, String params) {
        return QuotedJson.text("{'jsonrpc':'2.0','id':'same','method':'" + method + "','params':{" + params + "}}")
                .getBytes(UTF_8);
    }

    private static byte[] waiting() {
        return request("tools/call", "'name':'wait'");
    }

    private static void assertRefused(RecordedReply reply) {
        assertThat(reply.code()).isEqualTo(McpException.INVALID_REQUEST);
        assertThat(reply.error().text("message")).contains("still running");
        assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
    }

    @Test
    void anIdThatIsAtWorkInASessionIsRefusedUntilItsCallIsAnswered() {
        var client = LegacyRequests.begun(server);
        var first = client.post(waiting());
        gate.awaitEntered();

        assertRefused(client.post(waiting()));
        assertRefused(client.post(request("ping", "")));
        gate.open();
        assertThat(first.result()).asString().contains("done");
        assertThat(runs).hasValue(1);

        assertThat(client.post(waiting()).result()).asString().contains("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {META, ""})
    void anIdThatIsAtWorkOnAConnectionIsRefusedUntilItsCallIsAnswered(String meta) {
        var line = RawRequests.line(server);
        LegacyRequests.initialize(line, "2025-11-25", "{}").awaitEnd();
        var call = request("tools/call", meta + "'name':'wait'");
        var first = line.post(call);
        gate.awaitEntered();

        assertRefused(line.post(call));
        gate.open();
        assertThat(first.result()).asString().contains("done");
        assertThat(line.post(call).result()).asString().contains("done");
    }

    @Test
    void theSameIdMayBeAtWorkInSeveralSessionsAndExchanges() {
        var one = LegacyRequests.begun(server).post(waiting());
        var two = LegacyRequests.begun(server).post(waiting());
        var three = ModernRequests.http(server, "{}").call("wait");
        var four = ModernRequests.http(server, "{}").call("wait");
        gate.open();

        for (var reply : new RecordedReply[] {one, two, three, four}) {
            assertThat(reply.result()).asString().contains("done");
        }
    }

    @Test
    void aCancellationThatArrivesBeforeTheCallStartsIsNotLost() {
        var client = LegacyRequests.begun(server);
        beforeACall.set(() -> client.tell("notifications/cancelled", "{'requestId':'same'}"));

        var reply = client.post(waiting()).awaitEnd();
        assertThat(reply.status()).isEqualTo(ReplyStatus.ACCEPTED);
        assertThat(reply.messages()).isEmpty();
        assertThat(runs).hasValue(0);
    }

    @Test
    void aCancellationOnAConnectionThatArrivesBeforeTheCallStartsIsNotLost() {
        var line = RawRequests.line(server);
        beforeACall.set(() -> line.post(
                QuotedJson.text("{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':'same'}}")));

        assertThat(line.post(request("tools/call", META + "'name':'wait'"))
                        .awaitEnd()
                        .messages())
                .isEmpty();
        assertThat(runs).hasValue(0);
    }

    @Test
    void theEndOfTheSessionBeforeTheCallStartsIsNotLost() {
        var client = LegacyRequests.begun(server);
        beforeACall.set(client::end);

        assertThat(client.post(waiting()).code()).isEqualTo(NO_SUCH_SESSION);
        assertThat(runs).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theEndOfTheSessionWhileItIsLookedUpIsNotLost(int lookup) {
        var sessions = new InterruptedSessions();
        try (var other = plan().sessions(sessions).build()) {
            var raw = RawRequests.http(other);
            var begun = LegacyRequests.initialize(raw, "2025-11-25", "{}").awaitEnd();
            var id = ((ReplyStatus.Result) Objects.requireNonNull(begun.status())).session();
            var session = Objects.requireNonNull(id);
            sessions.afterLookup(lookup, () -> raw.delete("Mcp-Session-Id", session));

            assertThat(raw.post(waiting(), "Mcp-Session-Id", session).code()).isEqualTo(NO_SUCH_SESSION);
            assertThat(sessions.interrupted()).isTrue();
            assertThat(runs).hasValue(0);
        }
    }
}
