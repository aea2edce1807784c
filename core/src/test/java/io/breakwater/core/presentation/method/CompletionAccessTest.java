package io.breakwater.core.presentation.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.mcp.Completer;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.ArgumentCondition.Glob;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A caller sees only completions with which it may get the prompt or read the resource. */
class CompletionAccessTest {
    private static final AccessRule ALL = AccessRule.allow("all").onPrompts("*").onResources("*");
    private static final String TABLE = template("schema://tables/{table}");
    private static final String ORDER = template("order://{region}/{number}");
    private static final String PROMPT = "{'type':'ref/prompt','name':'explore'}";
    private static final Completer TABLES = proposing("orders", "salaries", "stock");

    private final Breakwater server = Breakwater.named("t")
            .authenticator(Authenticator.of((fields, peer) -> new Authenticated(Principal.of("ann"))))
            .prompt(Prompt.named("explore")
                    .description("Explores a table.")
                    .argument(new Prompt.Argument("table", "Which", true, TABLES))
                    .argument(new Prompt.Argument("depth", "How", false, proposing("1", "2")))
                    .handler((arguments, call) -> List.of()))
            .resource(ResourceTemplate.of("schema://tables/{table}")
                    .completion("table", TABLES)
                    .reader((uri, variables, call) -> List.of()))
            .resource(ResourceTemplate.of("order://{region}/{number}")
                    .completion("region", proposing("eu", "us"))
                    .completion("number", proposing("1", "2", "a/b"))
                    .reader((uri, variables, call) -> List.of()))
            .resource(ResourceTemplate.of("many://{id}")
                    .completion(
                            "id",
                            (typed, others, call) -> IntStream.range(0, Integer.parseInt(typed))
                                    .mapToObj(i -> "id" + i)
                                    .toList())
                    .reader((uri, variables, call) -> List.of()))
            .build();

    private static Completer proposing(String... values) {
        return (typed, others, call) -> List.of(values);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static Json.Obj complete(McpClient client, String ref, String argument, String others) {
        var params = "{'ref':" + ref + ",'argument':{'name':'" + argument + "','value':'2000'},'context':{'arguments':"
                + others + "}}";
        return client.request("completion/complete", QuotedJson.json(params)).object("completion");
    }

    private Json values(String ref, String argument, String others) {
        try (var client = InMemoryClient.of(server)) {
            var completion = complete(client, ref, argument, others);
            var values = QuotedJson.items(completion, "values");
            assertThat(completion.get("total")).isEqualTo(Json.of(values.size()));
            assertThat(completion.get("hasMore")).isEqualTo(Json.of(false));
            return new Json.Arr(values);
        }
    }

    private static String template(String uri) {
        return "{'type':'ref/resource','uri':'" + uri + "'}";
    }

    private static Json texts(String... texts) {
        return Json.texts(List.of(texts));
    }

    @ParameterizedTest
    @EnumSource
    void aResourceThatIsDeniedIsNotProposed(ClientMode way) {
        server.accessRules(AccessRules.of(ALL, AccessRule.deny("no").onResources("schema://tables/salaries")));

        try (var client = way.to(server).connect()) {
            assertThat(complete(client, TABLE, "table", "{}"))
                    .isEqualTo(QuotedJson.json("{'values':['orders','stock'],'total':2,'hasMore':false}"));
        }
    }

    @Test
    void onlyResourcesThatAreAllowedAreProposed() {
        server.accessRules(AccessRules.of(AccessRule.allow("orders").onResources("schema://tables/orders")));

        assertThat(values(TABLE, "table", "{}")).isEqualTo(texts("orders"));
    }

    @Test
    void conditionsOnTheVariableCount() {
        server.accessRules(AccessRules.of(
                ALL, AccessRule.deny("no").onResources("schema://*").whenArgument("/table", new Glob("s*"))));

        assertThat(values(TABLE, "table", "{}")).isEqualTo(texts("orders"));
    }

    @Test
    void theOtherVariablesCount() {
        server.accessRules(AccessRules.of(
                AccessRule.allow("eu").onResources("order://eu/*"),
                AccessRule.allow("us").onResources("order://us/2"),
                AccessRule.deny("no").onResources("order://*").whenArgumentIs("/number", "1")));

        assertThat(values(ORDER, "number", "{'region':'eu'}")).isEqualTo(texts("2", "a/b"));
        assertThat(values(ORDER, "number", "{'region':'us'}")).isEqualTo(texts("2"));
        assertThat(values(ORDER, "number", "{'region':'cn'}")).isEqualTo(texts());
    }

    @Test
    void whileOtherVariablesAreUnknownTheKnownOnesCount() {
        server.accessRules(AccessRules.of(AccessRule.allow("eu").onResources("order://eu/7")));
        assertThat(values(ORDER, "region", "{}")).isEqualTo(texts("eu"));

        server.accessRules(AccessRules.of(
                ALL, AccessRule.deny("no").onResources("order://*").whenArgumentIs("/region", "eu")));
        assertThat(values(ORDER, "region", "{}")).isEqualTo(texts("us"));
    }

    @Test
    void argumentsOfAPromptCount() {
        server.accessRules(AccessRules.of(
                AccessRule.allow("some").onPrompts("explore").whenArgumentIs("/table", "orders", "salaries"),
                AccessRule.deny("no").onPrompts("explore").whenArgumentIs("/table", "salaries")));

        assertThat(values(PROMPT, "table", "{}")).isEqualTo(texts("orders"));
        assertThat(values(PROMPT, "table", "{'depth':'1'}")).isEqualTo(texts("orders"));
        assertThat(values(PROMPT, "depth", "{}")).isEqualTo(texts("1", "2"));
        assertThat(values(PROMPT, "depth", "{'table':'orders'}")).isEqualTo(texts("1", "2"));
        assertThat(values(PROMPT, "depth", "{'table':'salaries'}")).isEqualTo(texts());
    }

    @Test
    void aResourceThatNeedsARoleIsNotProposedWithoutRulesEither() {
        server.add(Resource.of("schema://tables/salaries").requiresRole("boss").text(() -> "x"));

        assertThat(values(TABLE, "table", "{}")).isEqualTo(texts("orders", "stock"));
    }

    @Test
    void aLimitedNumberOfProposalsIsDecided() {
        server.accessRules(AccessRules.of(ALL, AccessRule.deny("no").onResources("many://id1*")));

        try (var client = InMemoryClient.of(server)) {
            var completion = complete(client, template("many://{id}"), "id", "{}");

            assertThat(QuotedJson.items(completion, "values")).hasSize(100).doesNotContain(Json.of("id1"));
            assertThat(completion.has("total")).isFalse();
            assertThat(completion.get("hasMore")).isEqualTo(Json.of(true));
        }
    }

    @Test
    void withLongOtherArgumentsNothingIsProposed() {
        server.accessRules(AccessRules.of(ALL));

        assertThat(values(ORDER, "number", "{'region':'" + "x".repeat(2_001) + "'}"))
                .isEqualTo(texts());
        assertThat(values(PROMPT, "table", "{'depth':'" + "x".repeat(2_001) + "'}"))
                .isEqualTo(texts());
    }
}
