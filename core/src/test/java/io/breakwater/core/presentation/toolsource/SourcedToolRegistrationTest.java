package io.breakwater.core.presentation.toolsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.RecordedNotifications;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.ToolContext;
import io.breakwater.port.driven.ToolSource;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.ClientResponses;
import io.breakwater.server.client.ServerRequest;
import io.breakwater.server.mcp.LogLevel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tools that come from elsewhere, as clients of both eras see them. */
class SourcedToolRegistrationTest {
    private static final Json.Obj ANY = QuotedJson.json("{'type':'object'}");

    private final Elsewhere elsewhere = new Elsewhere();
    private final Breakwater server = Breakwater.named("t").tools(elsewhere).build();

    @AfterEach
    void close() {
        server.close();
    }

    /** A house of tools made by hand. */
    private static final class Elsewhere implements ToolSource {
        private final CountDownLatch cancelled = new CountDownLatch(1);
        private final CountDownLatch begun = new CountDownLatch(1);
        private volatile List<String> names =
                List.of("add", "ask", "ask_elsewhere", "talk", "wait", "refuse", "protocol", "broken", "fickle");
        private volatile String wanted = "a poem";
        private volatile Runnable onChange = () -> {};

        @Override
        public List<Descriptor> tools() {
            return names.stream()
                    .map(name -> new Descriptor(
                            name,
                            "Title of " + name,
                            "",
                            name.equals("add")
                                    ? QuotedJson.json("{'type':'object','required':['a'],'properties':{'a':"
                                            + "{'type':'integer'}}}")
                                    : ANY,
                            null,
                            QuotedJson.json("{'readOnlyHint':true}"),
                            Json.array(
                                    QuotedJson.json("{'src':'https://example.com/i.png','mimeType':'image/png'}"),
                                    QuotedJson.json("{'src':'file:///etc/passwd'}")),
                            Json.Obj.EMPTY))
                    .toList();
        }

        void now(String... others) {
            names = List.of(others);
            onChange.run();
        }

        @Override
        public CompletionStage<Json.Obj> call(String tool, Json.Obj arguments, ToolContext context) {
            return switch (tool) {
                case "ask" ->
                    textResult(context.request("roots/list", Json.Obj.EMPTY)
                            + " and "
                            + context.request(
                                    "sampling/createMessage", QuotedJson.json("{'messages':[],'maxTokens':1}")));
                case "ask_elsewhere" ->
                    CompletableFuture.supplyAsync(() -> context.request("roots/list", Json.Obj.EMPTY))
                            .thenApply(answer -> text(answer.toString()));
                case "talk" -> {
                    context.progress(1, 2.0, null);
                    context.log("warning", "elsewhere", Json.of("careful"));
                    yield textResult(context.protocolVersion());
                }
                case "wait" -> {
                    var never = new CompletableFuture<Json.Obj>();
                    context.callContext().onCancel(cancelled::countDown);
                    begun.countDown();
                    yield never;
                }
                case "refuse" -> CompletableFuture.failedFuture(new PortException.RefusedException("Not today", null));
                case "protocol" ->
                    CompletableFuture.failedFuture(new PortException.ProtocolErrorException(-32602, "No", null, null));
                case "fickle" ->
                    textResult(context.request(
                                    "elicitation/create",
                                    Json.object().put("message", wanted).build())
                            .toString());
                case "broken" -> throw new IllegalStateException("secret");
                default -> textResult(arguments.toString());
            };
        }

        private static CompletionStage<Json.Obj> textResult(String text) {
            return CompletableFuture.completedFuture(text(text));
        }

        private static Json.Obj text(String text) {
            var block = Json.object().put("type", "text").put("text", text).build();
            return Json.object().put("content", Json.array(block)).build();
        }

        @Override
        public void onChange(Runnable action) {
            onChange = action;
        }
    }

    private static Json.Obj answer(ServerRequest pending) {
        return pending.method().equals("roots/list")
                ? ClientResponses.roots("file:///here")
                : ClientResponses.sampled("a poem");
    }

    @ParameterizedTest
    @EnumSource
    void areListedAndCalledLikeOurOwn(ClientMode way) {
        try (var client = way.to(server).connect()) {
            var tool = client.tools().getFirst();
            assertThat(tool.text("name")).isEqualTo("add");
            assertThat(tool.text("title")).isEqualTo("Title of add");
            assertThat(tool.text("description")).isNotBlank();
            assertThat(tool.object("annotations")).isEqualTo(QuotedJson.json("{'readOnlyHint':true}"));
            assertThat(tool).asString().contains("i.png").doesNotContain("passwd");

            assertThat(client.call("add", QuotedJson.json("{'a':7}")).text()).contains("7");
            var wrong = client.call("add", QuotedJson.json("{'a':'seven'}"));
            assertThat(wrong.isError()).isTrue();
            assertThat(wrong.text()).contains("INVALID_PARAMS");
        }
    }

    @Test
    void anAnswerNeverStandsForAnotherQuestion() {
        var requests = ModernRequests.http(server, "{'elicitation':{}}");
        var pending = requests.call("fickle").awaitEnd().result();
        var key = pending.object("inputRequests").members().keySet().iterator().next();
        var answer = "{'" + key + "':{'action':'accept'}}";

        elsewhere.wanted = "all your money";
        var again = requests.again("tools/call", "{'name':'fickle'}", pending, answer)
                .awaitEnd()
                .result();
        assertThat(again.text("resultType")).isEqualTo("input_required");
        assertThat(again.get("inputRequests")).asString().contains("all your money");

        elsewhere.wanted = "a poem";
        var done = requests.again("tools/call", "{'name':'fickle'}", pending, answer)
                .awaitEnd()
                .result();
        assertThat(done.text("resultType")).isEqualTo("complete");
        assertThat(done).asString().contains("accept");
    }

    @ParameterizedTest
    @EnumSource
    void askOneQuestionAfterTheOther(ClientMode way) {
        try (var client = way.to(server)
                .onServerRequest(SourcedToolRegistrationTest::answer)
                .connect()) {
            assertThat(client.call("ask").text()).contains("file:///here", "a poem");
        }
    }

    @ParameterizedTest
    @EnumSource
    void mayAskOnThreadsOfTheirOwn(ClientMode way) {
        try (var client = way.to(server)
                .onServerRequest(SourcedToolRegistrationTest::answer)
                .connect()) {
            assertThat(client.call("ask_elsewhere").text()).contains("file:///here");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellProgressAndLog(ClientMode way) {
        var notes = new RecordedNotifications();
        try (var client =
                way.to(server).onNotification(notes).logLevel(LogLevel.INFO).connect()) {
            assertThat(client.call("talk").text()).isEqualTo(client.protocolVersion());
            assertThat(notes.progress()).hasSize(1);
            assertThat(notes.logged())
                    .singleElement()
                    .satisfies(told -> assertThat(told.text("logger")).isEqualTo("elsewhere"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void failAsOursDo(ClientMode way) {
        try (var client = way.to(server).connect()) {
            assertThat(client.call("refuse").text()).contains("EXTERNAL_ERROR", "Not today");
            assertThat(client.call("broken").text()).contains("INTERNAL_ERROR").doesNotContain("secret");
            assertThatThrownBy(() -> client.call("protocol"))
                    .isInstanceOf(PortException.ProtocolErrorException.class)
                    .hasMessage("No");
        }
    }

    @ParameterizedTest
    @EnumSource
    void areToldWhenTheirCallIsCancelled(ClientMode way) throws Exception {
        try (var client = way.to(server).connect()) {
            var call = client.requestAsync("tools/call", QuotedJson.json("{'name':'wait'}"));
            assertThat(elsewhere.begun.await(Eventually.SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            call.cancel();

            assertThat(elsewhere.cancelled.await(Eventually.SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void followTheirHouse() {
        var notes = new RecordedNotifications();
        try (var client =
                        ClientMode.MODERN_HTTP.to(server).onNotification(notes).connect();
                var listening = client.subscribe()) {
            assertThat(listening).isNotNull();
            elsewhere.now("add", "another");

            assertThat(client.tools()).extracting(tool -> tool.text("name")).containsExactly("add", "another");
            assertThat(notes.of("notifications/tools/list_changed")).hasSize(1);
        }
    }
}
