package io.breakwater.core.presentation.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values are proposed for arguments of prompts and variables of templates. */
class CompletionTest {
    private final Breakwater server = Breakwater.named("t")
            .prompt(Prompt.named("explore")
                    .description("Explores a table.")
                    .argument(new Prompt.Argument(
                            "table",
                            "Which",
                            true,
                            (typed, others, call) -> List.of("users", "orders").stream()
                                    .filter(name -> name.startsWith(typed))
                                    .map(name -> others.getOrDefault("schema", "") + name)
                                    .toList()))
                    .optionalArgument("note", "Anything")
                    .handler((arguments, call) -> List.of()))
            .resource(ResourceTemplate.of("data://{id}")
                    .completion(
                            "id",
                            (typed, others, call) -> IntStream.range(0, 150)
                                    .mapToObj(i -> "id" + i)
                                    .toList())
                    .reader((uri, variables, call) -> List.of()))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private static Json.Obj complete(McpClient client, String params) {
        return client.request("completion/complete", QuotedJson.json(params)).object("completion");
    }

    @ParameterizedTest
    @EnumSource
    void proposesWhatFitsWhatWasTyped(ClientMode way) {
        try (var client = way.to(server).connect()) {
            var proposed = complete(
                    client, "{'ref':{'type':'ref/prompt','name':'explore'},'argument':{'name':'table','value':'us'}}");

            assertThat(proposed).isEqualTo(QuotedJson.json("{'values':['users'],'total':1,'hasMore':false}"));
        }
    }

    @Test
    void knowsTheOtherArguments() {
        try (var client = InMemoryClient.of(server)) {
            var proposed = complete(
                    client,
                    "{'ref':{'type':'ref/prompt','name':'explore'},'argument':{'name':'table','value':'o'},"
                            + "'context':{'arguments':{'schema':'shop.'}}}");

            assertThat(proposed.get("values")).isEqualTo(Json.texts(List.of("shop.orders")));
        }
    }

    @Test
    void sendsAHundredAtTheMost() {
        try (var client = InMemoryClient.of(server)) {
            var proposed = complete(
                    client, "{'ref':{'type':'ref/resource','uri':'data://{id}'},'argument':{'name':'id','value':''}}");

            assertThat(QuotedJson.items(proposed, "values")).hasSize(100);
            assertThat(proposed.get("total")).isEqualTo(Json.of(150));
            assertThat(proposed.get("hasMore")).isEqualTo(Json.of(true));
        }
    }

    @Test
    void proposesNothingWithoutACompletion() {
        try (var client = InMemoryClient.of(server)) {
            var proposed = complete(
                    client, "{'ref':{'type':'ref/prompt','name':'explore'},'argument':{'name':'note','value':'x'}}");

            assertThat(proposed.get("values")).isEqualTo(Json.array());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'argument':{'name':'a','value':''}}",
                "{'ref':{'type':'ref/prompt','name':'explore'}}",
                "{'ref':{'type':'ref/other','name':'explore'},'argument':{'name':'table','value':''}}",
                "{'ref':{'type':'ref/prompt','name':'nobody'},'argument':{'name':'table','value':''}}",
                "{'ref':{'type':'ref/prompt','name':'explore'},'argument':{'name':'nothing','value':''}}",
                "{'ref':{'type':'ref/prompt','name':'explore'},'argument':{'name':'table','value':7}}",
                "{'ref':{'type':'ref/prompt','name':'explore'},'argument':'table'}",
                "{'ref':{'type':'ref/resource','uri':'no://{where}'},'argument':{'name':'id','value':''}}",
            })
    void refusesWhatNamesNothing(String params) {
        try (var client = InMemoryClient.of(server)) {
            assertThatThrownBy(() -> complete(client, params))
                    .isInstanceOfSatisfying(
                            PortException.ProtocolErrorException.class,
                            error -> assertThat(error.code()).isEqualTo(McpException.INVALID_PARAMS));
        }
    }
}
