package io.breakwater.core.presentation.protocol.modern;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.RawRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.Capacity;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams on which a client of the modern era hears of changes. */
class SubscriptionRegistryTest {
    private static final String ALL = "{'toolsListChanged':true,'promptsListChanged':true,'resourcesListChanged':true}";

    private final WorkGate gate = new WorkGate();
    private final Breakwater server = Breakwater.named("t")
            .tool(SampleTools.draft("work").asTask(TaskSupport.OPTIONAL).handler((arguments, call) -> {
                gate.pass();
                return ToolResult.text("done");
            }))
            .build();
    private final ModernRequests requests =
            ModernRequests.http(server, "{'extensions':{'io.modelcontextprotocol/tasks':{}}}");

    @AfterEach
    void close() {
        server.close();
    }

    private RecordedReply listen(String filter) {
        return requests.ask("subscriptions/listen", "{'notifications':" + filter + "}");
    }

    private static List<String> methods(RecordedReply reply) {
        return reply.messages().stream()
                .map(message -> Objects.requireNonNullElse(message.text("method"), "answer"))
                .toList();
    }

    private static Json mark(Json.Obj message) {
        var holder = message.has("params") ? message.object("params") : message.object("result");
        return Objects.requireNonNull(holder.object("_meta").get("io.modelcontextprotocol/subscriptionId"));
    }

    @Test
    void beginsByAcknowledgingWhatItWillTell() {
        var reply = listen("{'toolsListChanged':true,'promptsListChanged':false,'resourceSubscriptions':['a://b'],"
                + "'somethingElse':true}");

        assertThat(reply.status()).isEqualTo(ReplyStatus.RESULT);
        var first = reply.messages().getFirst();
        assertThat(first.text("method")).isEqualTo("notifications/subscriptions/acknowledged");
        assertThat(first.object("params").object("notifications"))
                .isEqualTo(QuotedJson.json("{'toolsListChanged':true,'resourceSubscriptions':['a://b']}"));
        assertThat(mark(first)).isEqualTo(Json.of(1));
    }

    @Test
    void tellsOfEveryListThatChangesWhileServing() {
        var reply = listen(ALL);
        server.add(SampleTools.saying("another", call -> ""));
        server.removeTool("another");
        server.add(Resource.of("a://b").name("b").text(() -> "b"));
        server.removeResource("a://b");
        server.add(Prompt.named("p").description("P.").handler((arguments, call) -> List.of()));
        server.removePrompt("p");

        assertThat(methods(reply).subList(1, 7))
                .containsExactly(
                        "notifications/tools/list_changed",
                        "notifications/tools/list_changed",
                        "notifications/resources/list_changed",
                        "notifications/resources/list_changed",
                        "notifications/prompts/list_changed",
                        "notifications/prompts/list_changed");
        assertThat(reply.messages())
                .allSatisfy(message -> assertThat(mark(message)).isEqualTo(Json.of(1)));
    }

    @Test
    void whatDidNotChangeIsNotTold() {
        var reply = listen(ALL);
        server.removeTool("nobody");
        server.removeResource("no://where");

        assertThat(methods(reply)).hasSize(1);
    }

    @Test
    void tellsOnlyWhatWasAskedFor() {
        var reply = listen("{'promptsListChanged':true,'resourceSubscriptions':['a://b']}");
        server.add(SampleTools.saying("another", call -> ""));
        server.resourceUpdated("a://c");
        server.resourceUpdated("a://b");

        assertThat(methods(reply)).hasSize(2);
        var update = reply.messages().getLast();
        assertThat(update.text("method")).isEqualTo("notifications/resources/updated");
        assertThat(update.object("params").text("uri")).isEqualTo("a://b");
    }

    @Test
    void tellsOfTasksWhole() {
        var created = requests.call("work").result();
        var reply = listen("{'taskIds':['" + created.text("taskId") + "','nobody']}");
        gate.open();

        var told = reply.awaitMessages(2).getLast();
        assertThat(told.text("method")).isEqualTo("notifications/tasks");
        assertThat(told.object("params").text("status")).isEqualTo("completed");
        assertThat(told.object("params").object("result")).asString().contains("done");
    }

    @Test
    void tasksNeedTheExtension() {
        var reply =
                ModernRequests.http(server, "{}").ask("subscriptions/listen", "{'notifications':{'taskIds':['x']}}");

        assertThat(reply.code()).isEqualTo(McpException.MISSING_CAPABILITY);
        assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
    }

    @Test
    void endsWithItsResultWhenTheServerStops() {
        var reply = listen(ALL);
        server.close(Duration.ofSeconds(1));

        assertThat(reply.ended()).isTrue();
        var last = reply.messages().getLast();
        assertThat(last.get("id")).isEqualTo(Json.of(1));
        assertThat(last.object("result").text("resultType")).isEqualTo("complete");
        assertThat(mark(last)).isEqualTo(Json.of(1));
    }

    @Test
    void endsWithItsResultThoughItsClientReadsSlowly() {
        var slow = listen(ALL);
        slow.clog();
        server.close(Duration.ofSeconds(1));

        assertThat(slow.ended()).isTrue();
        assertThat(slow.messages().getLast().object("result").text("resultType"))
                .isEqualTo("complete");
    }

    @Test
    void aClientThatReadsTooSlowlyIsLetGo() {
        var slow = listen(ALL);
        var quick = listen(ALL);
        slow.clog();
        server.add(SampleTools.saying("one", call -> ""));
        server.add(SampleTools.saying("two", call -> ""));

        assertThat(slow.ended()).isTrue();
        assertThat(methods(slow)).hasSize(1);
        assertThat(methods(quick)).hasSize(3);
    }

    @Test
    void aClientThatHangsUpIsForgotten() {
        var reply = listen(ALL);
        reply.disconnect();
        server.add(SampleTools.saying("one", call -> ""));

        assertThat(reply.ended()).isTrue();
        assertThat(methods(reply)).hasSize(1);
    }

    @Test
    void onALineSeveralShareItAndACancellationEndsOne() {
        var line = RawRequests.line(server);
        var meta = "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
                + "'io.modelcontextprotocol/clientCapabilities':{}}";
        var listen = "{'jsonrpc':'2.0','id':%s,'method':'subscriptions/listen','params':{" + meta
                + ",'notifications':{'toolsListChanged':true}}}";
        var one = line.post(QuotedJson.text(listen.formatted("'x'")));
        var two = line.post(QuotedJson.text(listen.formatted("7")));

        line.post(QuotedJson.text("{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':'x'}}"));
        server.add(SampleTools.saying("one", call -> ""));
        assertThat(one.ended()).isTrue();
        assertThat(methods(one)).hasSize(1);
        assertThat(mark(two.messages().getLast())).isEqualTo(Json.of(7));

        server.close(Duration.ofSeconds(1));
        assertThat(methods(two))
                .containsExactly(
                        "notifications/subscriptions/acknowledged",
                        "notifications/tools/list_changed",
                        "answer",
                        "notifications/cancelled");
    }

    @Test
    void aLineThatIsCutEndsThem() {
        var line = RawRequests.line(server);
        var reply = line.post(QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'subscriptions/listen','params':{"
                + "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
                + "'io.modelcontextprotocol/clientCapabilities':{}},'notifications':" + ALL + "}}"));
        line.cut();

        assertThat(reply.ended()).isTrue();
    }

    private Breakwater small(int total, int perPrincipal) {
        return Breakwater.named("t")
                .capacity(Capacity.STANDARD.withSubscriptions(new Capacity.Limit(total, perPrincipal)))
                .build();
    }

    @ParameterizedTest
    @CsvSource({"2,9", "9,2"})
    void beyondTheBoundNoneOpensUntilOneEnds(int total, int perPrincipal) {
        try (var small = small(total, perPrincipal)) {
            var client = ModernRequests.http(small, "{}");
            var first = client.ask("subscriptions/listen", "{'notifications':{}}");
            client.ask("subscriptions/listen", "{'notifications':{}}");

            var third = client.ask("subscriptions/listen", "{'notifications':{}}");
            assertThat(third.status()).isEqualTo(new ReplyStatus.Overloaded(Duration.ofSeconds(30)));
            assertThat(third.code()).isEqualTo(503);

            first.disconnect();
            assertThat(methods(client.ask("subscriptions/listen", "{'notifications':{}}")))
                    .containsExactly("notifications/subscriptions/acknowledged");
            assertThat(client.ask("subscriptions/listen", "{'notifications':{}}")
                            .code())
                    .isEqualTo(503);
        }
    }

    @Test
    void oneThatComesWhileTheServerStopsEndsAtOnceWithItsResult() {
        server.close();

        var late = listen(ALL);

        assertThat(late.ended()).isTrue();
        assertThat(methods(late)).containsExactly("notifications/subscriptions/acknowledged", "answer");
    }

    @Test
    void limitsTheSubscriptionsOfOneStream() {
        var many =
                IntStream.rangeClosed(0, 1_000).mapToObj(i -> "'a://" + i + "'").collect(Collectors.joining(","));

        assertThat(listen("{'resourceSubscriptions':[" + many + "]}").code()).isEqualTo(McpException.INVALID_PARAMS);
        assertThat(listen("{'resourceSubscriptions':['a://" + "b".repeat(5_000) + "']}")
                        .code())
                .isEqualTo(McpException.INVALID_PARAMS);
    }

    @Test
    void subscriptionsOfAllStreamsShareOneLimit() {
        var many = IntStream.range(0, 1_000)
                .mapToObj(i -> "'a://" + i + "b".repeat(100) + "'")
                .collect(Collectors.joining(",", "[", "]"));
        try (var small = small(1_000_000, 10)) { // a hundred-thousandth of the room for one principal
            var client = ModernRequests.http(small, "{}");

            for (int i = 0; i < 20; i++) {
                var refused =
                        client.ask("subscriptions/listen", "{'notifications':{'resourceSubscriptions':" + many + "}}");
                assertThat(refused.code()).isEqualTo(503);
            }
            assertThat(methods(client.ask("subscriptions/listen", "{'notifications':{}}")))
                    .containsExactly("notifications/subscriptions/acknowledged");
        }
    }
}
