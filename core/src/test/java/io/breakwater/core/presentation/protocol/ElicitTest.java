package io.breakwater.core.presentation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.McpClientBuilder;
import io.breakwater.server.client.ServerRequest;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.Prompt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code call.elicit}: a handler goes on with a record that the user has filled in, or not at all. */
class ElicitTest {
    record Confirmation(boolean sure) {}

    record Amount(int euros) {}

    private final List<ServerRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger afterwards = new AtomicInteger();
    private final Breakwater server = Breakwater.named("t")
            .tool(SampleTools.saying("delete", call -> {
                var answer = call.elicit("sure", "Delete it?", Confirmation.class);
                afterwards.incrementAndGet();
                return answer.sure() ? "deleted" : "kept";
            }))
            .tool(SampleTools.saying(
                    "pay",
                    call -> "paid "
                            + call.elicit("amount", "How much?", Amount.class).euros()))
            .tool(SampleTools.saying("tolerant", call -> {
                var answer = call.request("sure", ClientRequest.form("Delete it?", Confirmation.class));
                return answer.accepted() ? answer.content(Confirmation.class).toString() : "not now";
            }))
            .prompt(Prompt.named("greet")
                    .description("Greets.")
                    .handler((arguments, call) -> List.of(Prompt.Message.user(
                            call.elicit("sure", "Greet?", Confirmation.class).toString()))))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private McpClientBuilder client(ClientMode way, String... answers) {
        var left = new ArrayDeque<>(List.of(answers));
        return way.to(server).onServerRequest(question -> {
            asked.add(question);
            return QuotedJson.json(left.remove());
        });
    }

    private ToolCallResult call(ClientMode way, String tool, String... answers) {
        try (var client = client(way, answers).connect()) {
            return client.call(tool);
        }
    }

    private static String accept(String content) {
        return "{'action':'accept','content':" + content + "}";
    }

    @ParameterizedTest
    @EnumSource
    void theHandlerGetsWhatTheUserEntered(ClientMode way) {
        assertThat(call(way, "delete", accept("{'sure':true}")).text()).isEqualTo("deleted");
        assertThat(call(way, "delete", accept("{'sure':false}")).text()).isEqualTo("kept");
        assertThat(asked.getFirst().params().get("requestedSchema"))
                .isEqualTo(QuotedJson.json(
                        "{'type':'object','properties':{'sure':{'type':'boolean'}},'required':['sure']}"));
    }

    @ParameterizedTest
    @EnumSource
    void aUserWhoDeclinesEndsTheCall(ClientMode way) {
        for (var refusal : List.of("{'action':'decline'}", "{'action':'cancel'}")) {
            var answer = call(way, "delete", refusal);

            assertThat(answer.isError()).isTrue();
            assertThat(answer.text()).contains("DECLINED", "declined");
        }
        assertThat(afterwards).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerMayGoOnAfterARefusal(ClientMode way) {
        assertThat(call(way, "tolerant", "{'action':'decline'}").text()).isEqualTo("not now");
        assertThat(call(way, "tolerant", accept("{'sure':true}")).text()).contains("sure=true");
    }

    @ParameterizedTest
    @EnumSource
    void whatFitsTheSchemaButNotTheRecordIsAskedAgain(ClientMode way) {
        assertThat(call(way, "pay", accept("{'euros':3000000000}"), accept("{'euros':30}"))
                        .text())
                .isEqualTo("paid 30");
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aUserWhoDeclinesEndsAPromptWithAnError(ClientMode way) {
        try (var client = client(way, "{'action':'decline'}").connect()) {
            assertThat(catchThrowable(() -> client.prompt("greet", Map.of())))
                    .asInstanceOf(InstanceOfAssertFactories.type(PortException.ProtocolErrorException.class))
                    .extracting(PortException.ProtocolErrorException::code)
                    .isEqualTo(-32602);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatCannotShowFormsIsToldSo(ClientMode way) {
        try (var client = way.to(server).capabilities(Json.Obj.EMPTY).connect()) {
            assertThat(catchThrowable(() -> client.call("delete")))
                    .isInstanceOf(PortException.ProtocolErrorException.class)
                    .hasMessageContaining("elicit");
        }
    }
}
