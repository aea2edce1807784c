package io.breakwater.core.presentation.protocol.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.RawRequests;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call sends client requests on its own stream and waits for the responses. */
class ClientRequestsTest {
    private final TimedExecutors executors = new TimedExecutors();
    private final AtomicInteger effects = new AtomicInteger();
    private final WorkGate gate = new WorkGate();
    private final CompletableFuture<ToolException> failed = new CompletableFuture<>();
    private final Breakwater server = Breakwater.named("t")
            .executors(executors)
            .tool(SampleTools.saying("roots", call -> {
                call.runOnce("effect", () -> Json.of(effects.incrementAndGet()));
                var answer = call.request("r", ClientRequest.roots()).result();
                return answer + " after " + call.remaining().toSeconds();
            }))
            .tool(SampleTools.saying("sameKey", call -> {
                call.request("r", ClientRequest.roots());
                return call.request("r", ClientRequest.roots()).toString();
            }))
            .tool(SampleTools.saying("sameEffectKey", call -> {
                call.runOnce("effect", () -> Json.of(effects.incrementAndGet()));
                return call.runOnce("effect", () -> Json.of(effects.incrementAndGet()))
                        .toString();
            }))
            .tool(SampleTools.saying("both", call -> {
                var questions = new LinkedHashMap<String, ClientRequest>();
                questions.put("one", ClientRequest.roots());
                questions.put("two", ClientRequest.sample("A poem", 10));
                return call.request(questions).keySet().toString();
            }))
            .tool(SampleTools.saying("tolerant", call -> {
                try {
                    return call.request("r", ClientRequest.roots()).result().toString();
                } catch (ToolException refused) {
                    return refused.code() + " " + refused.getMessage();
                }
            }))
            .tool(SampleTools.saying("later", call -> {
                gate.pass();
                try {
                    return call.request("r", ClientRequest.roots()).toString();
                } catch (ToolException refused) {
                    failed.complete(refused);
                    throw refused;
                }
            }))
            .tool(SampleTools.draft("inline")
                    .executionMode(ExecutionMode.INLINE)
                    .handler((arguments, call) -> ToolResult.text(
                            call.request("r", ClientRequest.roots()).toString())))
            .tool(SampleTools.saying("loud", call -> {
                for (var level : LogLevel.values()) {
                    call.log(level, level.name());
                }
                return "done";
            }))
            .build();
    private final LegacyRequests client = LegacyRequests.begun(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theHandlerReceivesTheResponseToItsRequest() {
        var reply = client.call("roots");
        var request = reply.awaitMessages(1).getFirst();
        assertThat(request.text("method")).isEqualTo("roots/list");

        var accepted = client.answer(request, "{'roots':[{'uri':'file:///a'}]}");
        assertThat(accepted.status()).isEqualTo(ReplyStatus.ACCEPTED);
        assertThat(reply.result()).asString().contains("file:///a");
        assertThat(effects).hasValue(1);
    }

    @Test
    void aKeyIsUsedForOneRequestOnly() {
        var reply = client.call("sameKey");
        client.answer(reply.awaitMessages(1).getFirst(), "{'roots':[]}");
        assertThat(reply.result()).asString().contains("INTERNAL_ERROR");
    }

    @Test
    void aKeyIsUsedForOneEffectOnly() {
        assertThat(client.call("sameEffectKey").result()).asString().contains("INTERNAL_ERROR");
        assertThat(effects).hasValue(1);
    }

    @Test
    void sendsSeveralRequestsAtOnceAndAcceptsResponsesInAnyOrder() {
        var reply = client.call("both");
        var requests = reply.awaitMessages(2);
        assertThat(requests)
                .extracting(request -> request.text("method"))
                .containsExactly("roots/list", "sampling/createMessage");
        assertThat(requests.get(0).get("id")).isNotEqualTo(requests.get(1).get("id"));

        client.answer(requests.get(1), "{'role':'assistant','content':{'type':'text','text':'Roses'}}");
        client.answer(requests.get(0), "{'roots':[]}");
        assertThat(reply.result()).asString().contains("[one, two]");
    }

    @Test
    void theHandlerReceivesAnErrorOfTheClient() {
        var reply = client.call("tolerant");
        client.refuse(reply.awaitMessages(1).getFirst(), "No roots today");

        assertThat(reply.result()).asString().contains("EXTERNAL_ERROR", "No roots today");
    }

    @Test
    void anInvalidResponseIsAnError() {
        var reply = client.call("roots");
        client.answer(reply.awaitMessages(1).getFirst(), "{'rots':[]}");

        assertThat(reply.code()).isEqualTo(McpException.INVALID_PARAMS);
    }

    @Test
    void ignoresAResponseWithoutARequest() {
        assertThat(client.answer(QuotedJson.json("{'id':77}"), "{}").status()).isEqualTo(ReplyStatus.ACCEPTED);
        var errorResponse = "{'jsonrpc':'2.0','id':null,'error':{'code':-32700,'message':'What?'}}";
        assertThat(client.post(QuotedJson.text(errorResponse).getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(ReplyStatus.ACCEPTED);
    }

    @Test
    void rejectsAResponseFromAnotherSession() {
        var reply = client.call("roots");
        var request = reply.awaitMessages(1).getFirst();
        LegacyRequests.begun(server).answer(request, "{'roots':[{'uri':'file:///evil'}]}");
        client.answer(request, "{'roots':[]}");

        assertThat(reply.result()).asString().doesNotContain("evil");
    }

    @Test
    void theDeadlinePausesWhileTheUserIsAsked() {
        var reply = client.call("roots");
        var request = reply.awaitMessages(1).getFirst();
        executors.pass(Duration.ofMinutes(5));
        assertThat(reply.ended()).isFalse();

        client.answer(request, "{'roots':[]}");
        assertThat(reply.result()).asString().contains("after 30");
    }

    @Test
    void theInputTimeoutEndsTheCall() {
        var reply = client.call("roots");
        reply.awaitMessages(1);
        executors.pass(Duration.ofMinutes(11));

        assertThat(reply.result()).asString().contains("TIMEOUT");
    }

    @Test
    void sendsNoRequestToAClientWithoutTheCapability() {
        var reply = LegacyRequests.begun(server, "2025-11-25", "{}").call("roots");

        assertThat(reply.code()).isEqualTo(McpException.INVALID_REQUEST);
        assertThat(reply.error().object("data")).asString().contains("roots");
        assertThat(reply.messages()).hasSize(1);
    }

    @Test
    void doesNotWaitForAClientThatDoesNotRead() throws Exception {
        var raw = RawRequests.line(server);
        LegacyRequests.initialize(raw, "2025-11-25", "{'roots':{}}").awaitEnd();
        raw.post(QuotedJson.text("{'jsonrpc':'2.0','method':'notifications/initialized'}"));
        var reply =
                raw.post(QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'later'}}"));
        reply.clog();
        gate.open();

        assertThat(failed.get(Eventually.SECONDS, TimeUnit.SECONDS)).hasMessageContaining("does not read");
    }

    @Test
    void inlineHandlersCannotSendRequests() {
        assertThat(client.call("inline").result()).asString().contains("INTERNAL_ERROR");
    }

    @ParameterizedTest
    @EnumSource(LogLevel.class)
    void sendsLogMessagesFromTheRequestedLevel(LogLevel least) {
        client.ask("logging/setLevel", "{'level':'" + least.wireName() + "'}").result();
        var reply = client.call("loud").awaitEnd();

        assertThat(reply.messages())
                .hasSize(EnumSet.range(least, LogLevel.EMERGENCY).size() + 1);
        assertThat(reply.messages().getFirst().object("params").text("level")).isEqualTo(least.wireName());
    }

    @Test
    void sendsLogMessagesFromTheDefaultLevel() {
        var reply = client.call("loud").awaitEnd();
        assertThat(reply.messages().getFirst().object("params").text("level")).isEqualTo("info");
    }
}
