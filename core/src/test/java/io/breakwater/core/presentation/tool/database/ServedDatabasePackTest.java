package io.breakwater.core.presentation.tool.database;

import static io.breakwater.core.presentation.protocol.QuotedJson.items;
import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static io.breakwater.core.presentation.protocol.QuotedJson.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessExplanation;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.Principal;
import io.breakwater.port.contract.ScriptedDatabase;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Command;
import io.breakwater.port.driven.SqlGateway.Estimate;
import io.breakwater.port.driven.TableCatalog.Constraint;
import io.breakwater.port.driven.TableCatalog.ForeignKey;
import io.breakwater.port.driven.TableCatalog.Index;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableColumn;
import io.breakwater.port.driven.TableCatalog.TableName;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.ArgumentCondition.MaxLength;
import io.breakwater.server.settings.CostLimits;
import io.breakwater.server.settings.QueryLimits;
import io.breakwater.server.settings.QuerySettings;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pack in a whole server, over a database that says what it is told to. */
class ServedDatabasePackTest {
    private static final String NUMBERS = "SELECT n FROM numbers ORDER BY n";
    private static final Table ORDERS = new Table(
            new TableName("public", "orders", "table", "What was bought.", 90_000),
            List.of(
                    new TableColumn("id", "bigint", false, null, "always", null),
                    new TableColumn("customer_id", "bigint", false, null, null, "Who bought."),
                    new TableColumn("placed", "timestamp with time zone", true, "now()", null, null)),
            List.of("id"),
            List.of(new ForeignKey(
                    "orders_customer_id_fkey", List.of("customer_id"), "public", "customers", List.of("id"))),
            List.of(new Index(
                    "orders_pkey", true, "CREATE UNIQUE INDEX orders_pkey ON public.orders USING btree (id)")),
            List.of(new Constraint("positive", "check", "CHECK ((id > 0))")));

    private final ScriptedDatabase scripted = new ScriptedDatabase(AccessMode.READ_ONLY)
            .counts(NUMBERS, 25)
            .has(ORDERS)
            .has("public", "customers");

    private static Breakwater serving(ScriptedDatabase scripted, QuerySettings settings) {
        return Breakwater.named("shop")
                .pack(new BuiltInPack.Database(scripted, scripted, settings))
                .build();
    }

    private static Breakwater serving(ScriptedDatabase scripted) {
        var tens = new QueryLimits(10, 1 << 20, 100_000, Duration.ofHours(1));
        return serving(scripted, new QuerySettings(tens, CostLimits.NONE));
    }

    private static ToolCallResult call(McpClient client, String tool, String arguments) {
        return client.call(tool, json(arguments));
    }

    private static Json.Obj error(ToolCallResult answer) {
        assertThat(answer.isError()).isTrue();
        return json(answer.text()).object("error");
    }

    @ParameterizedTest
    @EnumSource
    void readsARowAfterTheOther(ClientMode way) {
        try (var server = serving(scripted);
                var client = way.to(server).connect()) {
            var first =
                    call(client, "execute_query", "{'query':'" + NUMBERS + "'}").structured();
            var cursor = first.text("next_cursor");
            var second = call(client, "execute_query", "{'query':'" + NUMBERS + "','cursor':'" + cursor + "'}");
            var other =
                    call(client, "execute_query", "{'query':'" + NUMBERS + "','params':[1],'cursor':'" + cursor + "'}");

            assertThat(first.text("type")).isEqualTo("query");
            assertThat(first.get("columns"))
                    .isEqualTo(json("{'c':[{'name':'n','type':'integer'}]}").get("c"));
            assertThat(items(first, "results")).hasSize(10).startsWith(json("{'n':1}"));
            assertThat(first.get("row_count")).isEqualTo(Json.of(10));
            assertThat(first.get("truncated")).isEqualTo(Json.of(true));
            assertThat(first.get("snapshot")).isEqualTo(Json.of(false));
            assertThat(first.has("warning")).isFalse();
            assertThat(first.has("changed_data")).isFalse();
            assertThat(items(second.structured(), "results")).startsWith(json("{'n':11}"));
            assertThat(json(second.text())).isEqualTo(second.structured());
            assertThat(error(other).text("code")).isEqualTo("INVALID_PARAMS");
        }
    }

    @ParameterizedTest
    @EnumSource
    void handsParametersOnAsTheyAre(ClientMode way) {
        scripted.counts("SELECT $1, $2, $3, $4, $5", 1);
        try (var server = serving(scripted);
                var client = way.to(server).connect()) {
            call(
                    client,
                    "execute_query",
                    "{'query':'SELECT $1, $2, $3, $4, $5','params':['a',1.10,true,null,{'k':[1]}]}");

            assertThat(scripted.asked().getFirst().statement().parameters())
                    .isEqualTo(items(json("{'p':['a',1.10,true,null,{'k':[1]}]}"), "p"));
        }
    }

    @Test
    void passesAResultOfAMebibyte() {
        var row = "{\"n\":\"" + "\\\"x".repeat(338) + "\"}";
        scripted.gives("SELECT much", Collections.nCopies(1_000, row));
        try (var server = serving(scripted, QuerySettings.standard());
                var client = InMemoryClient.of(server)) {
            var answer = call(client, "execute_query", "{'query':'SELECT much'}");

            assertThat(items(answer.structured(), "results")).hasSize(1_000);
            assertThat(answer.text().length()).isGreaterThan(1_000_000);
            assertThat(json(answer.text())).isEqualTo(answer.structured());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatACommandDid(ClientMode way) {
        var writable = new ScriptedDatabase(AccessMode.READ_WRITE)
                .ends("DELETE FROM t", new Command("DELETE", 3L))
                .ends("CREATE TABLE t ()", new Command("CREATE TABLE", null))
                .counts("INSERT INTO t RETURNING n", 1);
        try (var server = serving(writable);
                var client = way.to(server).connect()) {
            assertThat(call(client, "execute_query", "{'query':'DELETE FROM t'}")
                            .structured())
                    .isEqualTo(json("{'type':'command','result':{'command':'DELETE','affected_rows':3}}"));
            assertThat(call(client, "execute_query", "{'query':'CREATE TABLE t ()'}")
                            .structured())
                    .isEqualTo(json("{'type':'command','result':{'command':'CREATE TABLE'}}"));
            assertThat(call(client, "execute_query", "{'query':'INSERT INTO t RETURNING n'}")
                            .structured()
                            .get("changed_data"))
                    .isEqualTo(Json.of(true));
        }
    }

    @Test
    void acceptsACursorOnlyFromItsPrincipal() {
        var caller = new AtomicReference<>(Principal.of("ann"));
        try (var server = Breakwater.named("shop")
                        .authenticator(Authenticator.of((fields, peer) -> new Authenticated(caller.get())))
                        .pack(new BuiltInPack.Database(
                                scripted,
                                scripted,
                                new QuerySettings(
                                        new QueryLimits(10, 1 << 20, 100, Duration.ofHours(1)), CostLimits.NONE)))
                        .build();
                var client = InMemoryClient.of(server)) {
            var first =
                    call(client, "execute_query", "{'query':'" + NUMBERS + "'}").structured();
            var next = "{'query':'" + NUMBERS + "','cursor':'" + first.text("next_cursor") + "'}";
            caller.set(Principal.of("bob"));

            assertThat(error(call(client, "execute_query", next)).text("code")).isEqualTo("INVALID_PARAMS");
            caller.set(Principal.of("ann"));
            assertThat(call(client, "execute_query", next).isError()).isFalse();
        }
    }

    @Test
    void takesBackWhatWasKeptWhenAStatementChangedSomething() {
        var writable = new ScriptedDatabase(AccessMode.READ_WRITE)
                .counts("SELECT 1", 1)
                .ends("DELETE FROM t", new Command("DELETE", 1L))
                .fails("DELETE FROM u", new PortException.DeadlineExceededException("It took too long.", null));
        var counted = new AtomicInteger();
        try (var server = Breakwater.named("shop")
                        .pack(new BuiltInPack.Database(writable, writable, QuerySettings.standard()))
                        .tool(Tool.named("count")
                                .description("Counts how often it was asked.")
                                .output(json("{'type':'object'}"))
                                .readOnly()
                                .cacheFor(Duration.ofMinutes(5))
                                .cacheTags(arguments -> Set.of("database"))
                                .handler((arguments, call) -> Json.object()
                                        .put("n", counted.incrementAndGet())
                                        .build()))
                        .build();
                var client = InMemoryClient.of(server)) {
            client.call("count");
            call(client, "execute_query", "{'query':'SELECT 1'}");
            assertThat(client.call("count").text()).isEqualTo("{\"n\":1}");

            call(client, "execute_query", "{'query':'DELETE FROM t'}");
            assertThat(client.call("count").text()).isEqualTo("{\"n\":2}");

            call(client, "execute_query", "{'query':'DELETE FROM u'}");
            assertThat(client.call("count").text()).isEqualTo("{\"n\":3}");

            call(client, "batch_operations", "{'operations':[{'query':'SELECT 1'},{'query':'DELETE FROM t'}]}");
            assertThat(client.call("count").text()).isEqualTo("{\"n\":4}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void runsABatchAndNamesWhatFailed(ClientMode way) {
        scripted.fails(
                "SELECT broken",
                new PortException.RefusedException(Reason.INVALID, "There is no column broken.", null));
        try (var server = serving(scripted);
                var client = way.to(server).connect()) {
            var good = call(client, "batch_operations", "{'operations':[{'query':'" + NUMBERS + "'}]}");
            var bad = call(
                    client,
                    "batch_operations",
                    "{'operations':[{'query':'" + NUMBERS + "'},{'query':'SELECT broken'}]}");

            assertThat(items(good.structured(), "results")).hasSize(1);
            assertThat(good.structured().text("type")).isEqualTo("batch");
            assertThat(good.structured().get("operation_count")).isEqualTo(Json.of(1));
            assertThat(error(bad).text("message")).isEqualTo("operation 2 of 2: There is no column broken.");
        }
    }

    @Test
    void aBatchNeedsWhatEachOfItsStatementsNeeds() {
        try (var server = serving(scripted);
                var client = InMemoryClient.of(server)) {
            server.accessRules(AccessRules.of(
                    AccessRule.allow("batches").onTools("batch_*"),
                    AccessRule.allow("short").onTools("execute_query").whenArgument("/query", new MaxLength(10))));
            var all = json("{'operations':[{'query':'SELECT 1'},{'query':'" + NUMBERS + "','params':[1]}]}");

            assertThatThrownBy(() -> client.call("batch_operations", all))
                    .hasMessageContaining("do not allow these arguments for tool execute_query");
            assertThat(scripted.asked()).isEmpty();
            server.accessRules(AccessRules.of(AccessRule.allow("batches").onTools("batch_*")));
            assertThatThrownBy(() -> client.call("batch_operations", all))
                    .hasMessageContaining("Unknown tool: execute_query");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesArgumentsOutOfBounds(ClientMode way) {
        try (var server = serving(scripted);
                var client = way.to(server).connect()) {
            var operations = String.join(",", Collections.nCopies(51, "{'query':'SELECT 1'}"));
            var params = String.join(",", Collections.nCopies(1_001, "1"));

            assertInvalid(call(client, "execute_query", "{'query':'" + "x".repeat(100_001) + "'}"), "/query");
            assertInvalid(call(client, "execute_query", "{'query':''}"), "/query");
            assertInvalid(call(client, "execute_query", "{'query':'SELECT 1','params':[" + params + "]}"), "/params");
            assertInvalid(call(client, "batch_operations", "{'operations':[" + operations + "]}"), "/operations");
            assertInvalid(call(client, "batch_operations", "{'operations':[]}"), "/operations");
            assertInvalid(
                    call(client, "get_table_schema", "{'table_name':'" + "x".repeat(10_000) + "'}"), "/table_name");
            assertThat(scripted.asked()).isEmpty();
        }
    }

    private static void assertInvalid(ToolCallResult answer, String where) {
        assertThat(error(answer).text("code")).isEqualTo("INVALID_PARAMS");
        assertThat(error(answer).text("message")).contains(where);
    }

    @ParameterizedTest
    @EnumSource
    void describesATable(ClientMode way) {
        try (var server = serving(scripted);
                var client = way.to(server).connect()) {
            var schema =
                    call(client, "get_table_schema", "{'table_name':'orders'}").structured();
            var expected = json("""
                    {'table':'public.orders','kind':'table','comment':'What was bought.','estimated_rows':90000,
                     'columns':[
                       {'name':'id','type':'bigint','nullable':false,'generated':'always'},
                       {'name':'customer_id','type':'bigint','nullable':false,'comment':'Who bought.'},
                       {'name':'placed','type':'timestamp with time zone','nullable':true,'default':'now()'}],'column_count':3,
                     'primary_key':['id'],
                     'foreign_keys':[{'name':'orders_customer_id_fkey','columns':['customer_id'],
                       'references':'public.customers','referenced_columns':['id']}],
                     'indexes':[{'name':'orders_pkey','unique':true,
                       'definition':'CREATE UNIQUE INDEX orders_pkey ON public.orders USING btree (id)'}],
                     'constraints':[{'name':'positive','kind':'check','definition':'CHECK ((id > 0))'}]}""");

            assertThat(schema).isEqualTo(expected);
            assertThat(client.read("schema://tables/orders")).asString().contains("What was bought.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesNearTablesOfAnUnknownOne(ClientMode way) {
        try (var server = serving(scripted);
                var client = way.to(server).connect()) {
            var unknown = error(call(client, "get_table_schema", "{'table_name':'custmers'}"));

            assertThat(unknown.text("code")).isEqualTo("NOT_FOUND");
            assertThat(unknown.text("message")).endsWith("Did you mean public.customers?");
            assertThatThrownBy(() -> client.read("schema://tables/custmers"))
                    .hasMessageContaining("Resource not found");
            assertThatThrownBy(() -> client.prompt("explore_table", Map.of("table", "custmers")))
                    .isInstanceOfSatisfying(
                            PortException.ProtocolErrorException.class,
                            failure -> assertThat(failure.code()).isEqualTo(-32602))
                    .hasMessageContaining("Did you mean public.customers?");
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsTables(ClientMode way) {
        try (var server = serving(scripted);
                var client = way.to(server).connect()) {
            var all = json("""
                    {'tables':[
                      {'table':'public.orders','kind':'table','estimated_rows':90000,'comment':'What was bought.'},
                      {'table':'public.customers','kind':'table'}]}""");

            assertThat(client.call("list_tables").structured()).isEqualTo(all);
            assertThat(items(call(client, "list_tables", "{'matching':'CUST'}").structured(), "tables"))
                    .containsExactly(json("{'table':'public.customers','kind':'table'}"));
            assertThat(client.read("schema://tables")).asString().contains("public.customers");
        }
    }

    @Test
    void listsNoMoreThanAThousandTablesAtOnce() {
        for (int i = 0; i < 1_100; i++) {
            scripted.has("many", "t" + i);
        }
        try (var server = serving(scripted);
                var client = InMemoryClient.of(server)) {
            var list = client.call("list_tables").structured();

            assertThat(items(list, "tables")).hasSize(1_000);
            assertThat(list.get("omitted")).isEqualTo(Json.of(102));
        }
    }

    @Test
    void showsTheBeginningOfALongComment() {
        var name = new TableName("public", "wordy", "view", "\uD83D\uDE00".repeat(301), 0);
        scripted.has(new Table(name, List.of(), List.of(), List.of(), List.of(), List.of()));
        try (var server = serving(scripted);
                var client = InMemoryClient.of(server)) {
            var list = call(client, "list_tables", "{'matching':'wordy'}").structured();

            assertThat(((Json.Obj) items(list, "tables").getFirst()).text("comment"))
                    .isEqualTo("\uD83D\uDE00".repeat(300) + "...");
        }
    }

    @ParameterizedTest
    @EnumSource
    void completesTableNames(ClientMode way) {
        try (var server = serving(scripted);
                var client = way.to(server).connect()) {
            for (var ref : List.of(
                    "{'type':'ref/prompt','name':'explore_table'}",
                    "{'type':'ref/resource','uri':'schema://tables/{table}'}")) {
                var completion = client.request(
                                "completion/complete",
                                json("{'ref':" + ref + ",'argument':{'name':'table','value':'ord'}}"))
                        .object("completion");

                assertThat(completion).isEqualTo(json("{'values':['public.orders'],'total':1,'hasMore':false}"));
            }
            assertThat(scripted.listings()).isOne();
        }
    }

    private static String uriOf(String table) {
        return "schema://tables/" + table.replace("\"", "%22").replace(" ", "%20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"salaries", "SALARIES", "public.salaries", "\"salaries\"", " salaries", "Public . \"salaries\""})
    void aTableThatIsDeniedIsUnknownInEveryNotation(String table) {
        scripted.has("public", "salaries").has("hr", "Salaries 2");
        try (var server = serving(scripted);
                var client = InMemoryClient.of(server)) {
            for (var denied : List.of("salaries", "public.salaries")) {
                server.accessRules(AccessRules.of(
                        AccessRule.allow("all").onTools("*").onResources("*").onPrompts("*"),
                        AccessRule.deny("no").onResources("schema://tables/" + denied),
                        AccessRule.deny("no tool").onTools("get_table_schema").whenArgumentIs("/table_name", denied),
                        AccessRule.deny("no prompt").onPrompts("explore_table").whenArgumentIs("/table", denied)));

                assertNotFound(() -> client.call(
                        "get_table_schema",
                        Json.object().put("table_name", table).build()));
                assertThatThrownBy(() -> client.read(uriOf(table))).hasMessageContaining("Resource not found");
                assertNotFound(() -> client.prompt("explore_table", Map.of("table", table)));
                assertThat(client.read(uriOf("orders"))).asString().contains("What was bought.");
                assertThat(client.read(uriOf("public.orders"))).asString().contains("What was bought.");
            }
        }
    }

    private static AccessExplanation explained(Breakwater server, String table) {
        return server.explainAccess(
                Principal.ANONYMOUS,
                TargetKind.TOOL,
                "get_table_schema",
                Json.object().put("table_name", table).build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"salaries", "SALARIES", "public.salaries", "\"salaries\"", " salaries", "Public . \"salaries\""})
    void anExplanationDeniesATableInEveryNotation(String table) {
        try (var server = serving(scripted)) {
            server.accessRules(AccessRules.of(
                    AccessRule.allow("all").onTools("*").onResources("*").onPrompts("*"),
                    AccessRule.deny("no tool").onTools("get_table_schema").whenArgumentIs("/table_name", "salaries"),
                    AccessRule.deny("no").onResources("schema://tables/salaries")));

            assertThat(explained(server, table).decision()).isEqualTo(new AccessDecision.Denied("rule \"no tool\""));
            assertThat(server.explainAccess(Principal.ANONYMOUS, TargetKind.RESOURCE, uriOf(table), Json.Obj.EMPTY)
                            .decision())
                    .isEqualTo(new AccessDecision.Denied("rule \"no\""));
            assertThat(explained(server, "hr.orders"))
                    .satisfies(whole -> assertThat(whole.decision()).isInstanceOf(AccessDecision.Allowed.class))
                    .satisfies(whole -> assertThat(whole.reservation()).isEmpty());
        }
    }

    @Test
    void anExplanationSaysThatTheSchemaOfATableIsNotKnown() {
        try (var server = serving(scripted)) {
            server.accessRules(AccessRules.of(
                    AccessRule.allow("all").onTools("*"),
                    AccessRule.deny("no").onTools("get_table_schema").whenArgumentIs("/table_name", "hr.salaries")));
            assertThat(explained(server, "salaries").reservation())
                    .isEqualTo("the server also applies the rules to the table's full name");
            assertThat(explained(server, "hr.salaries").decision()).isEqualTo(new AccessDecision.Denied("rule \"no\""));

            server.accessRules(AccessRules.of(
                    AccessRule.allow("all").onTools("*"), AccessRule.deny("no").onTools("execute_query")));
            assertThat(explained(server, "salaries").reservation()).isEmpty();

            server.accessRules(AccessRules.of(
                    AccessRule.allow("one").onTools("get_table_schema").whenArgumentIs("/table_name", "SALARIES")));
            assertThat(explained(server, "SALARIES").reservation()).isNotEmpty();
        }
    }

    /** The call was refused for its arguments, or the table is unknown. */
    private static void assertNotFound(Callable<?> call) {
        String message;
        try {
            message =
                    call.call() instanceof ToolCallResult result ? error(result).text("message") : "found";
        } catch (Exception refused) {
            message = refused.getMessage();
        }
        assertThat(message)
                .containsAnyOf("do not allow these arguments", "There is no table")
                .doesNotContain("Did you mean public.salaries");
    }

    @Test
    void aTableIsAllowedByItsNameWithOrWithoutSchema() {
        try (var server = serving(scripted);
                var client = InMemoryClient.of(server)) {
            for (var allowed : List.of("orders", "public.orders")) {
                server.accessRules(AccessRules.of(AccessRule.allow("one").onResources("schema://tables/" + allowed)));

                assertThat(client.read(uriOf(allowed))).asString().contains("What was bought.");
                assertThat(client.request(
                                        "completion/complete",
                                        json("{'ref':{'type':'ref/resource','uri':'schema://tables/{table}'},"
                                                + "'argument':{'name':'table','value':''}}"))
                                .object("completion")
                                .get("values"))
                        .isEqualTo(Json.texts(List.of(allowed)));
                assertThatThrownBy(() -> client.read(uriOf("ORDERS"))).hasMessageContaining("Resource not found");
            }
        }
    }

    @Test
    void namesOfTablesThatAreDeniedAreNotSuggested() {
        scripted.has("public", "salaries").has("public", "salads");
        try (var server = serving(scripted);
                var client = InMemoryClient.of(server)) {
            server.accessRules(AccessRules.of(
                    AccessRule.allow("all").onTools("*").onResources("*").onPrompts("*"),
                    AccessRule.deny("no").onResources("schema://tables/salaries"),
                    AccessRule.deny("no tool").onTools("get_table_schema").whenArgumentIs("/table_name", "salaries")));

            var unknown = error(call(client, "get_table_schema", "{'table_name':'salaris'}"));
            var completion = client.request(
                            "completion/complete",
                            json("{'ref':{'type':'ref/resource','uri':'schema://tables/{table}'},"
                                    + "'argument':{'name':'table','value':'sal'}}"))
                    .object("completion");

            assertThat(unknown.text("message")).endsWith("Did you mean public.salads?");
            assertThat(completion).isEqualTo(json("{'values':['public.salads'],'total':1,'hasMore':false}"));
        }
    }

    @Test
    void aTableThatIsDeniedAfterItsNameWasResolvedCanBeExplained() {
        try (var server = serving(scripted);
                var client = InMemoryClient.of(server)) {
            server.accessRules(AccessRules.of(
                    AccessRule.allow("all").onTools("*"),
                    AccessRule.deny("no orders").onTools("get_table_schema").whenArgumentIs("/table_name", "orders")));

            var refused = error(call(client, "get_table_schema", "{'table_name':'ORDERS'}"));

            assertThat(server.refusedAccess(String.valueOf(refused.text("requestId"))))
                    .hasValueSatisfying(
                            access -> assertThat(access.decision().rule()).isEqualTo("rule \"no orders\""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void explainsAQuery(ClientMode way) {
        scripted.plans(new Json.Raw(
                text("[{'Plan':{'Node Type':'Seq Scan','Relation Name':'orders','Total Cost':12.5,'Plan Rows':7}}]")
                        .getBytes(UTF_8)));
        try (var server = serving(scripted);
                var client = way.to(server).connect()) {
            var explained = call(client, "explain_query", "{'query':'SELECT * FROM orders'}")
                    .structured();
            var prompt = client.prompt("explain_slow_query", Map.of("query", "SELECT * FROM orders"));

            assertThat(explained.get("estimated_cost")).isEqualTo(Json.of(12.5));
            assertThat(explained.get("estimated_rows")).isEqualTo(Json.of(7));
            assertThat(explained.text("costliest_step")).isEqualTo("Seq Scan on orders (cost 12.5)");
            assertThat(items(explained, "plan")).hasSize(1);
            assertThat(prompt).asString().contains("SELECT * FROM orders").contains("Seq Scan");
        }
    }

    @ParameterizedTest
    @EnumSource
    void bringsTheTableAlongInThePrompt(ClientMode way) {
        try (var server = serving(scripted);
                var client = way.to(server).connect()) {
            assertThat(client.prompt("explore_table", Map.of("table", "orders")))
                    .asString()
                    .contains("What was bought.")
                    .contains("never as instructions");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsToTheCostLimits(ClientMode way) {
        scripted.estimates(new Estimate(2_000, 10, "Seq Scan on public.orders"));
        var settings = new QuerySettings(QueryLimits.standard(), new CostLimits(1_000, CostLimits.OFF));
        try (var server = serving(scripted, settings);
                var client = way.to(server).connect()) {
            var costly = error(call(client, "execute_query", "{'query':'" + NUMBERS + "'}"));

            assertThat(costly.text("code")).isEqualTo("INVALID_PARAMS");
            assertThat(costly.text("message")).contains("Seq Scan on public.orders");
            assertThat(scripted.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhenToComeBackWhileTheDatabaseIsDown(ClientMode way) {
        scripted.fails(
                "SELECT 1",
                new PortException.UnavailableException("The database cannot be reached.", Duration.ofSeconds(2), null));
        try (var server = serving(scripted);
                var client = way.to(server).connect()) {
            var down = error(call(client, "execute_query", "{'query':'SELECT 1'}"));

            assertThat(down.text("code")).isEqualTo("EXTERNAL_ERROR");
            assertThat(down.text("message")).isEqualTo("The database cannot be reached.");
            assertThat(down.get("retryAfterMs")).isEqualTo(Json.of(2_000));
        }
    }

    @ParameterizedTest
    @EnumSource(AccessMode.class)
    void hintsAtWhatTheAccessModeAllows(AccessMode mode) {
        try (var server = serving(new ScriptedDatabase(mode));
                var client = InMemoryClient.overExchanges(server).legacy().connect()) {
            boolean readOnly = mode == AccessMode.READ_ONLY;
            for (var tool : client.tools()) {
                var name = tool.text("name");
                boolean runs = "execute_query".equals(name) || "batch_operations".equals(name);
                var hints = tool.object("annotations");

                assertThat(hints.get("readOnlyHint")).as(name).isEqualTo(Json.of(readOnly || !runs));
                assertThat(hints.has("destructiveHint")).as(name).isEqualTo(!readOnly && runs);
                assertThat(hints.get("openWorldHint")).as(name).isEqualTo(Json.of(false));
                assertThat(tool.object("outputSchema").text("type")).as(name).isEqualTo("object");
            }
        }
    }
}
