package io.breakwater.core.presentation.protocol.modern;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.business.session.KeyRing;
import io.breakwater.core.business.session.Sealer;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client carries between two rounds is good for that very request, that caller, and a while. */
class RequestStateTest {
    private static final String ROOTS = "{'one':{'roots':[]}}";
    private static final String CALL = "{'name':'ask','arguments':{'n':1}}";

    private final TimedExecutors executors = new TimedExecutors();
    private final AtomicInteger runs = new AtomicInteger();
    private final Breakwater server = server(new byte[32]);
    private final ModernRequests client = ModernRequests.http(server, "{'roots':{}}");

    private Breakwater server(byte[] secret) {
        return Breakwater.named("t")
                .executors(executors)
                .secret(secret)
                .tool(SampleTools.draft("ask").input(json("{'type':'object'}")).handler((arguments, call) -> {
                    runs.incrementAndGet();
                    call.request("one", ClientRequest.roots());
                    call.request("two", ClientRequest.roots());
                    return ToolResult.text("done");
                }))
                .prompt(Prompt.named("ask").description("Asks.").handler((arguments, call) -> {
                    call.request("one", ClientRequest.roots());
                    return List.of();
                }))
                .build();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Json.Obj pending() {
        return client.ask("tools/call", CALL).result();
    }

    private static void assertOpens(RecordedReply reply) {
        assertThat(reply.result().object("inputRequests").members()).containsOnlyKeys("two");
    }

    private static void assertInvalid(RecordedReply reply) {
        reply.awaitEnd();
        assertThat(reply.status()).isEqualTo(ReplyStatus.RESULT);
        assertThat(reply.code()).isEqualTo(McpException.INVALID_PARAMS);
    }

    @Test
    void opensForTheSameRequest() {
        assertOpens(client.again("tools/call", CALL, pending(), ROOTS));
    }

    @Test
    void tellsNothing() {
        var talkative = client.again("tools/call", CALL, pending(), "{'one':{'roots':[{'uri':'file:///secret'}]}}");

        assertThat(talkative.result().text("requestState")).doesNotContain("secret", "roots", "file");
    }

    @Test
    void doesNotOpenWhenItWasChanged() {
        var state = String.valueOf(pending().text("requestState"));
        for (int at : new int[] {0, 8, state.length() / 2, state.length() - 1}) {
            char other = state.charAt(at) == 'A' ? 'B' : 'A';
            var changed = state.substring(0, at) + other + state.substring(at + 1);
            assertInvalid(client.again("tools/call", CALL, json("{'requestState':'" + changed + "'}"), ROOTS));
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void doesNotOpenForAnotherRequest() {
        var pending = pending();

        assertInvalid(client.again("tools/call", "{'name':'ask','arguments':{'n':2}}", pending, ROOTS));
        assertInvalid(client.again("tools/call", "{'name':'ask'}", pending, ROOTS));
        assertInvalid(client.again("prompts/get", "{'name':'ask'}", pending, ROOTS));
    }

    @Test
    void doesNotOpenForAnotherCaller() {
        var seal = new Sealer(KeyRing.generated(), InstantSource.system());
        var state = rounds("{}", "ann", seal).state();
        var bringing = "{'requestState':'" + state + "'}";

        assertThat(rounds(bringing, "ann", seal).response("one")).isNull();
        assertThatThrownBy(() -> rounds(bringing, "bob", seal)).isInstanceOf(McpException.class);
    }

    private static InputRounds rounds(String params, String principal, Sealer seal) {
        return InputRounds.of(ParsedJson.of(json(params)), principal, "tools/call", "ask", seal, Duration.ofMinutes(1));
    }

    @Test
    void noArgumentsAreTheSameAsAnEmptyObject() {
        var pending = client.ask("tools/call", "{'name':'ask'}").result();

        assertOpens(client.again("tools/call", "{'name':'ask','arguments':{}}", pending, ROOTS));
    }

    @Test
    void expiresWithTheInputTimeout() {
        var pending = pending();
        executors.pass(Duration.ofMinutes(9));
        assertOpens(client.again("tools/call", CALL, pending, ROOTS));

        executors.pass(Duration.ofMinutes(2));
        assertInvalid(client.again("tools/call", CALL, pending, ROOTS));
    }

    @Test
    void opensOnAnotherReplicaWithTheSameSecretAndOnNoOther() {
        var pending = pending();
        var foreign = new byte[32];
        foreign[0] = 1;
        try (var replica = server(new byte[32]);
                var stranger = server(foreign)) {
            assertOpens(ModernRequests.http(replica, "{'roots':{}}").again("tools/call", CALL, pending, ROOTS));
            assertInvalid(ModernRequests.http(stranger, "{'roots':{}}").again("tools/call", CALL, pending, ROOTS));
        }
    }

    @Test
    void carriesOnlySoMuch() {
        var uri = "file:///" + "x".repeat(300 * 1024);
        assertInvalid(client.again("tools/call", CALL, pending(), "{'one':{'roots':[{'uri':'" + uri + "'}]}}"));
    }
}
