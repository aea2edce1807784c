package io.breakwater.core.presentation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.port.Json;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ServerRequest;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.mcp.ClientRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user enters reaches a handler only when it fits the form; otherwise the user is asked once more. */
class FormAnswersTest {
    private static final Json.Obj FORM =
            QuotedJson.json("{'type':'object','properties':{'name':{'type':'string','minLength':2},"
                    + "'mail':{'type':'string','format':'email'}},'required':['name']}");
    private static final Json.Obj OPEN = QuotedJson.json("{'type':'object','properties':{}}");
    private static final Json.Obj WRONG = QuotedJson.json("{'type':'object','required':'name'}");

    private final List<ServerRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<Json.Obj> handled = Collections.synchronizedList(new ArrayList<>());
    private final Breakwater server = Breakwater.named("t")
            .tool(SampleTools.saying("name", call -> {
                var answer = call.request("name", ClientRequest.form("Your name?", FORM));
                handled.add(answer.result());
                return String.valueOf(answer.content().text("name"));
            }))
            .tool(SampleTools.saying("two", call -> {
                var answers = call.request(
                        Map.of("one", ClientRequest.form("One?", FORM), "two", ClientRequest.form("Two?", FORM)));
                answers.values().forEach(answer -> handled.add(answer.result()));
                return "done";
            }))
            .tool(SampleTools.saying(
                    "open",
                    call -> "accepted: "
                            + call.request("ok", ClientRequest.form("Go on?", OPEN))
                                    .accepted()))
            .tool(SampleTools.saying(
                    "wrong",
                    call -> call.request("x", ClientRequest.form("?", WRONG)).toString()))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private ToolCallResult call(ClientMode way, String tool, String... answers) {
        var left = new ArrayDeque<>(List.of(answers));
        try (McpClient client = way.to(server)
                .onServerRequest(question -> {
                    asked.add(question);
                    return QuotedJson.json(left.remove());
                })
                .connect()) {
            return client.call(tool);
        }
    }

    private static String accept(String content) {
        return "{'action':'accept','content':" + content + "}";
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatFitsIsNotAskedAgain(ClientMode way) {
        assertThat(call(way, "name", accept("{'name':'Ann','mail':'ann@example.com'}"))
                        .text())
                .isEqualTo("Ann");
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void anAddressWithAShortDomainIsAnAddress(ClientMode way) {
        assertThat(call(way, "name", accept("{'name':'Ann','mail':'a@b.c'}")).text())
                .isEqualTo("Ann");
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatDoesNotFitIsAskedAgainAndTheUserIsToldWhy(ClientMode way) {
        assertThat(call(way, "name", accept("{'name':5}"), accept("{'name':'Ann'}"))
                        .text())
                .isEqualTo("Ann");

        assertThat(asked).extracting(ServerRequest::method).containsOnly("elicitation/create");
        assertThat(asked.get(0).message()).isEqualTo("Your name?");
        assertThat(asked.get(1).message()).startsWith("Your name?").contains("/name", "string", "5");
        assertThat(asked.get(1).params().get("requestedSchema")).isEqualTo(FORM);
        assertThat(handled).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatDoesNotFitTheSecondTimeIsAnError(ClientMode way) {
        var answer = call(way, "name", accept("{'name':5}"), accept("{'mail':'nowhere'}"));

        assertThat(answer.isError()).isTrue();
        assertThat(answer.text()).contains("INVALID_PARAMS", "name", "mail");
        assertThat(asked).hasSize(2);
        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFormThatIsAcceptedWithoutContentIsAskedAgain(ClientMode way) {
        assertThat(call(way, "name", "{'action':'accept'}", accept("{'name':'Ann'}"))
                        .text())
                .isEqualTo("Ann");
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aUserMayDeclineTheSecondTime(ClientMode way) {
        call(way, "name", accept("{'name':5}"), "{'action':'decline'}");

        assertThat(handled).containsExactly(QuotedJson.json("{'action':'decline'}"));
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheAnswerThatDoesNotFitIsAskedAgain(ClientMode way) {
        var answer = call(way, "two", accept("{'name':'Ann'}"), accept("{}"), accept("{'name':'Bob'}"));

        assertThat(asked).hasSize(3);
        assertThat(handled)
                .containsExactlyInAnyOrder(
                        QuotedJson.json(accept("{'name':'Ann'}")), QuotedJson.json(accept("{'name':'Bob'}")));
        assertThat(asked.get(2).message()).startsWith(asked.get(1).message());
        assertThat(answer.isError()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aFormWithoutFieldsNeedsNoContent(ClientMode way) {
        assertThat(call(way, "open", "{'action':'accept'}").text()).isEqualTo("accepted: true");
    }

    @ParameterizedTest
    @EnumSource
    void aFormThatCannotBeCheckedIsNotAsked(ClientMode way) {
        assertThat(call(way, "wrong").text()).contains("INTERNAL_ERROR");
        assertThat(asked).isEmpty();
    }
}
