package io.breakwater.core.presentation.protocol.modern;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.mcp.ClientCapability;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that asks ends, and runs again from its start when the client brings the answers. */
class InputRoundsTest {
    private static final String ANN = "{'name':{'action':'accept','content':{'name':'Ann'}}}";
    private static final String BLUE = "{'colour':{'action':'accept','content':{'colour':'blue'}}}";
    private static final Json.Obj FORM = QuotedJson.json("{'type':'object','properties':{'name':{'type':'string'}}}");

    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger effects = new AtomicInteger();
    private final Breakwater server = plan().build();
    private final ModernRequests client = ModernRequests.http(server, "{'elicitation':{},'sampling':{},'roots':{}}");

    private BreakwaterBuilder plan() {
        return Breakwater.named("t")
                .tool(SampleTools.saying("two", call -> {
                    runs.incrementAndGet();
                    var drawn = call.runOnce("draw", () -> Json.of(effects.incrementAndGet()));
                    var name = call.request("name", ClientRequest.form("Your name?", FORM))
                            .content()
                            .text("name");
                    var colour = call.request("colour", ClientRequest.form("A colour, " + name + "?", FORM))
                            .content()
                            .text("colour");
                    return name + " " + colour + " " + drawn;
                }))
                .tool(several())
                .tool(SampleTools.saying("loop", call -> {
                    for (var file : List.of("a.txt", "b.txt")) {
                        call.request("sure", ClientRequest.form("Delete " + file + "?", FORM));
                        effects.incrementAndGet();
                    }
                    return "deleted";
                }))
                .tool(SampleTools.saying(
                        "other",
                        call -> call.request("name", ClientRequest.form("Your name?", FORM))
                                .result()
                                .toString()))
                .prompt(Prompt.named("greet")
                        .description("Greets.")
                        .handler((arguments, call) -> List.of(Prompt.Message.user("Hello "
                                + call.request("name", ClientRequest.form("Who?", FORM))
                                        .content()
                                        .text("name")))))
                .resource(Resource.of("me://name")
                        .name("me")
                        .reader(call -> List.of(ResourceContents.text(
                                "me://name",
                                "text/plain",
                                String.valueOf(call.request("name", ClientRequest.form("Who?", FORM))
                                        .content()
                                        .text("name"))))));
    }

    private static Tool several() {
        return SampleTools.saying("several", call -> {
            var questions = new LinkedHashMap<String, ClientRequest>();
            questions.put("name", ClientRequest.form("Your name?", FORM));
            questions.put("poem", ClientRequest.sample("A poem", 10));
            return call.request(questions).toString();
        });
    }

    @AfterEach
    void close() {
        server.close();
    }

    private RecordedReply again(String tool, Json.Obj pending, String responses) {
        return client.again("tools/call", "{'name':'" + tool + "'}", pending, responses);
    }

    private Json.Obj first() {
        return client.call("two").result();
    }

    private static void assertInvalid(RecordedReply reply) {
        reply.awaitEnd();
        assertThat(reply.status()).isEqualTo(ReplyStatus.RESULT);
        assertThat(reply.code()).isEqualTo(McpException.INVALID_PARAMS);
    }

    @Test
    void aResponseIsNotTheResponseToASecondRequestWithTheSameKey() {
        var pending = client.call("loop").result();

        var reply = again("loop", pending, "{'sure':{'action':'accept','content':{'name':'yes'}}}");

        assertThat(reply.result()).asString().contains("INTERNAL_ERROR");
        assertThat(effects).hasValue(1);
    }

    @Test
    void aQuestionEndsTheCall() {
        var pending = first();

        assertThat(pending.text("resultType")).isEqualTo("input_required");
        assertThat(pending.text("requestState")).isNotBlank();
        assertThat(pending.has("ttlMs")).isFalse();
        var question = pending.object("inputRequests").object("name");
        assertThat(question.text("method")).isEqualTo("elicitation/create");
        assertThat(question.object("params").text("message")).isEqualTo("Your name?");
        assertThat(question.has("id")).isFalse();
        assertThat(question.has("jsonrpc")).isFalse();
    }

    @Test
    void roundsFollowEachOtherAndEffectsHappenOnce() {
        var second = again("two", first(), ANN).result();
        assertThat(second.object("inputRequests")
                        .object("colour")
                        .object("params")
                        .text("message"))
                .isEqualTo("A colour, Ann?");
        var done = again("two", second, BLUE).result();

        assertThat(done.text("resultType")).isEqualTo("complete");
        assertThat(done).asString().contains("Ann blue 1");
        assertThat(runs).hasValue(3);
        assertThat(effects).hasValue(1);
    }

    @Test
    void whatIsStillMissingIsAskedAgain() {
        var pending = client.call("several").result();
        assertThat(pending.object("inputRequests").members()).containsOnlyKeys("name", "poem");

        var rest = again("several", pending, ANN).result();
        assertThat(rest.text("resultType")).isEqualTo("input_required");
        assertThat(rest.object("inputRequests").members()).containsOnlyKeys("poem");
    }

    @Test
    void unknownAnswersAreIgnored() {
        var done = again("two", first(), "{'shoe-size':{'action':'accept','content':{'n':46}}}")
                .result();

        assertThat(done.object("inputRequests").members()).containsOnlyKeys("name");
    }

    @Test
    void anAnswerThatIsSealedCannotBeReplaced() {
        var second = again("two", first(), ANN).result();
        var responses = "{'name':{'action':'accept','content':{'name':'Eve'}}," + BLUE.substring(1);

        assertThat(again("two", second, responses).result())
                .asString()
                .contains("Ann blue")
                .doesNotContain("Eve");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decline", "cancel"})
    void aUserMayRefuse(String action) {
        var pending = client.call("other").result();

        assertThat(again("other", pending, "{'name':{'action':'" + action + "'}}")
                        .result())
                .asString()
                .contains(action);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name':'Ann'}",
                "{'name':{}}",
                "{'name':{'action':'perhaps'}}",
                "{'name':{'action':'accept','content':'Ann'}}"
            })
    void anAnswerThatIsNoneIsInvalid(String responses) {
        assertInvalid(again("two", first(), responses));
    }

    @Test
    void promptsAndResourcesAskToo() {
        var prompt = client.ask("prompts/get", "{'name':'greet'}").result();
        assertThat(prompt.text("resultType")).isEqualTo("input_required");
        assertThat(client.again("prompts/get", "{'name':'greet'}", prompt, ANN).result())
                .asString()
                .contains("Hello Ann");

        var resource = client.ask("resources/read", "{'uri':'me://name'}").result();
        assertThat(client.again("resources/read", "{'uri':'me://name'}", resource, ANN)
                        .result())
                .asString()
                .contains("Ann");
    }

    @Test
    void aCapabilityThatWasNotDeclaredIsNamed() {
        var reply = ModernRequests.http(server, "{'sampling':{}}").call("two").awaitEnd();

        assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
        assertThat(reply.code()).isEqualTo(McpException.MISSING_CAPABILITY);
        assertThat(reply.error().text("message")).endsWith(": elicitation.form");
        assertThat(reply.error().object("data"))
                .isEqualTo(QuotedJson.json("{'requiredCapabilities':{'elicitation':{'form':{}}}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "ELICITATION_FORM, elicitation.form",
        "ELICITATION_URL, elicitation.url",
        "SAMPLING, sampling",
        "ROOTS, roots",
        "TASKS, io.modelcontextprotocol/tasks"
    })
    void abilitiesHaveTheNamesOfTheSpecification(ClientCapability ability, String name) {
        assertThat(ability.wireName()).isEqualTo(name);
    }
}
