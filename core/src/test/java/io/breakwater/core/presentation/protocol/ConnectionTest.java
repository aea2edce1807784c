package io.breakwater.core.presentation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.McpException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One persistent connection: clients of both eras can use it, and no invalid message ends it. */
class ConnectionTest {
    private static final String META = "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
            + "'io.modelcontextprotocol/clientCapabilities':{}}";

    private final WorkGate gate = new WorkGate();
    private final Breakwater server = Breakwater.named("t")
            .tool(SampleTools.saying("wait", call -> {
                gate.pass();
                return "done";
            }))
            .tool(SampleTools.saying("era", call -> call.protocolVersion()))
            .tool(SampleTools.saying(
                    "roots",
                    call -> call.request("r", ClientRequest.roots()).result().toString()))
            .build();
    private final RawRequests line = RawRequests.line(server);

    @AfterEach
    void close() {
        server.close();
    }

    private RecordedReply legacy(int id, String method, String params) {
        return line.post(
                QuotedJson.text("{'jsonrpc':'2.0','id':" + id + ",'method':'" + method + "','params':" + params + "}"));
    }

    private RecordedReply modern(int id, String method, String more) {
        return legacy(id, method, "{" + META + more + "}");
    }

    private RecordedReply tell(String method, String params) {
        return line.post(QuotedJson.text("{'jsonrpc':'2.0','method':'" + method + "','params':" + params + "}"));
    }

    private void begin() {
        LegacyRequests.initialize(line, "2025-11-25", "{'roots':{}}").result();
        tell("notifications/initialized", "{}");
    }

    @Test
    void discoveryIsAnsweredBeforeAnythingElse() {
        assertThat(modern(1, "server/discover", "").result().get("supportedVersions"))
                .isEqualTo(Json.texts(List.of("2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")));
    }

    @Test
    void pingMayComeBeforeInitialize() {
        assertThat(legacy(1, "ping", "{}").result()).isEqualTo(Json.Obj.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/list", "tools/call", "server/discover", "no/such"})
    void otherMethodsBeforeInitializeAreToldWhatIsSpoken(String method) {
        var reply = legacy(1, method, "{}");

        assertThat(reply.code()).isEqualTo(McpException.INVALID_REQUEST);
        assertThat(reply.error().text("message")).contains("initialize", "2026-07-28", "2025-11-25", "2024-11-05");
    }

    @Test
    void bothErasMayTakeTurns() {
        begin();

        assertThat(modern(1, "tools/call", ",'name':'era'").result()).asString().contains("2026-07-28");
        assertThat(legacy(1, "tools/call", "{'name':'era'}").result())
                .asString()
                .contains("2025-11-25");
        assertThat(modern(2, "ping", "").code()).isEqualTo(McpException.METHOD_NOT_FOUND);
        assertThat(legacy(2, "ping", "{}").result()).isEqualTo(Json.Obj.EMPTY);
    }

    @Test
    void theIdsOfOneEraMeanNothingToTheOther() {
        begin();
        var ofModern = modern(5, "tools/call", ",'name':'wait'");
        gate.awaitEntered();
        assertThat(legacy(5, "ping", "{}").result()).isEqualTo(Json.Obj.EMPTY);
        gate.open();

        assertThat(ofModern.result()).asString().contains("done");
    }

    @Test
    void noSessionIdIsEverNamed() {
        var reply = LegacyRequests.initialize(line, "2025-11-25", "{}");

        assertThat(reply.result().has("protocolVersion")).isTrue();
        assertThat(reply.status()).isEqualTo(new ReplyStatus.Result(null));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCancelledCallIsStoppedAndGetsNoAnswer(boolean modern) {
        begin();
        var reply = modern ? modern(5, "tools/call", ",'name':'wait'") : legacy(5, "tools/call", "{'name':'wait'}");
        gate.awaitEntered();
        tell("notifications/cancelled", "{'requestId':5}");

        gate.awaitInterrupted();
        assertThat(reply.awaitEnd().messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsAtWorkWhenTheLineIsCutIsCancelled(boolean modern) {
        begin();
        var reply = modern ? modern(5, "tools/call", ",'name':'wait'") : legacy(5, "tools/call", "{'name':'wait'}");
        gate.awaitEntered();
        line.cut();

        gate.awaitInterrupted();
        assertThat(reply.awaitEnd().messages()).isEmpty();
    }

    @Test
    void theSessionEndsWithTheLine() {
        begin();
        line.cut();

        assertThat(legacy(1, "tools/list", "{}").code()).isEqualTo(McpException.INVALID_REQUEST);
    }

    @Test
    void aQuestionIsAskedOnTheLine() {
        begin();
        var reply = legacy(1, "tools/call", "{'name':'roots'}");
        var request = reply.awaitMessages(1).getFirst();
        assertThat(request.text("method")).isEqualTo("roots/list");
        line.post(QuotedJson.text("{'jsonrpc':'2.0','id':"
                + ((Json.Decimal) Objects.requireNonNull(request.get("id"))).value() + ",'result':{'roots':[]}}"));

        assertThat(reply.result()).asString().contains("roots");
    }

    @Test
    void changesAreToldOnTheLineOnceTheSessionHasBegun() {
        var reply = line.get();
        server.add(SampleTools.saying("one", call -> ""));
        assertThat(reply.messages()).isEmpty();

        begin();
        server.add(SampleTools.saying("two", call -> ""));
        legacy(1, "resources/subscribe", "{'uri':'a://b'}").result();
        server.resourceUpdated("a://b");
        server.resourceUpdated("a://c");
        assertThat(reply.messages())
                .extracting(message -> message.text("method"))
                .containsExactly("notifications/tools/list_changed", "notifications/resources/updated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':1}}",
                "{'jsonrpc':'2.0','method':'notifications/initialized'}",
                "{'jsonrpc':'2.0','method':'no/such'}",
                "{'jsonrpc':'2.0','id':1,'result':{}}",
                "{'jsonrpc':'2.0','id':null,'error':{'code':-32700,'message':'?'}}"
            })
    void whatAsksForNoAnswerGetsNone(String message) {
        assertThat(line.post(QuotedJson.text(message)).messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "-1", "0", "123456789012345678901234567890", "'ü'", "''", "'a\\\"b'"})
    void idsComeBackAsTheyWere(String id) {
        var reply = line.post(QuotedJson.text("{'jsonrpc':'2.0','id':" + id + ",'method':'ping'}"));

        assertThat(reply.answer().get("id"))
                .isEqualTo(QuotedJson.json("{'id':" + id + "}").get("id"));
    }

    @Test
    void initializingAgainCancelsRunningCalls() {
        begin();
        var reply = legacy(5, "tools/call", "{'name':'wait'}");
        gate.awaitEntered();
        begin();

        gate.awaitInterrupted();
        assertThat(reply.awaitEnd().messages()).isEmpty();
        assertThat(legacy(6, "ping", "{}").result()).isEqualTo(Json.Obj.EMPTY);
    }
}
