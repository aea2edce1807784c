package io.breakwater.server.annotation;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.port.Json;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.schema.AllowedValues;
import io.breakwater.server.schema.Default;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Header;
import io.breakwater.server.schema.Max;
import io.breakwater.server.schema.Min;
import io.breakwater.server.schema.Name;
import io.breakwater.server.schema.Pattern;
import io.breakwater.server.schema.Size;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Parameters of annotated methods are arguments, as components of records are. */
class ToolMethodsTest {
    record Order(String number, String status) {}

    static class OrderTools {
        @McpTool(name = "find_order", description = "Finds one order by its number.", readOnly = true)
        Order findOrder(@Arg("Order number, as printed on the invoice") @Pattern("A-\\d{6}") String number) {
            return new Order(number, "shipped");
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsAnAnnotatedMethodInEveryEra(ClientMode mode) {
        try (var server = AnnotatedServer.of(new OrderTools(), mode)) {
            var result = server.call("find_order", "{'number':'A-000001'}");

            assertThat(result.isError()).isFalse();
            assertThat(result.structured()).isEqualTo(json("{'number':'A-000001','status':'shipped'}"));
            assertThat(result.text()).contains("\"status\":\"shipped\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesArgumentsThatDoNotFitTheAnnotationsOfAParameter(ClientMode mode) {
        try (var server = AnnotatedServer.of(new OrderTools(), mode)) {
            var result = server.call("find_order", "{'number':'7','color':'red'}");

            assertThat(result.isError()).isTrue();
            assertThat(result.text()).contains("INVALID_PARAMS", "/number", "/color");
        }
    }

    @Test
    void definesTheSameToolAsTheBuilder() {
        record FindOrder(
                @Description("Order number, as printed on the invoice") @Pattern("A-\\d{6}")
                String number) {}
        var built = Tool.named("find_order")
                .description("Finds one order by its number.")
                .input(FindOrder.class)
                .output(Order.class)
                .readOnly()
                .handler((order, call) -> new Order(order.number(), "shipped"));

        var annotated = ToolMethods.of(new OrderTools()).tools().getFirst();

        assertThat(annotated.definition()).isEqualTo(built.definition());
    }

    enum Color {
        @Name("red")
        RED,
        @Name("green")
        GREEN
    }

    record Item(String name, @Min(1) int count) {}

    static class Shapes {
        @McpTool(description = "Repeats its arguments.")
        @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
        String all(
                @Name("user_id") long id,
                @Arg(name = "color_name") Color color,
                @Min(0) @Max(1) double ratio,
                boolean sure,
                @AllowedValues({"a", "b"}) String choice,
                List<Item> items,
                @Size(max = 2) int[] counts,
                Map<String, Integer> stock,
                Optional<String> note,
                OptionalInt floor,
                @Nullable String remark,
                @Default("20") int limit) {
            return id + " " + color + " " + ratio + " " + sure + " " + choice + " " + items + " " + counts.length + " "
                    + stock + " " + note + " " + floor + " " + remark + " " + limit;
        }

        @McpTool(description = "Joins words.")
        String join(String... words) {
            return String.join("-", words);
        }

        @McpTool(description = "Takes no arguments.")
        String nothing() {
            return "nothing";
        }

        @McpTool(description = "Repeats the character and the small numbers.")
        String small(char letter, byte one, short two, float three, @Header("Region") String region) {
            return letter + " " + one + " " + two + " " + three + " " + region;
        }
    }

    private static final String REQUIRED = "'user_id':7,'color_name':'green','ratio':0.5,'sure':true,'choice':'a',"
            + "'items':[{'name':'pen','count':2}],'counts':[1,2],'stock':{'pen':5}";

    @Test
    void bindsEveryTypeThatARecordMayHave() {
        try (var server = AnnotatedServer.of(new Shapes())) {
            assertThat(server.text("all", "{" + REQUIRED + "}"))
                    .isEqualTo("7 GREEN 0.5 true a [Item[name=pen, count=2]] 2 {pen=5} Optional.empty"
                            + " OptionalInt.empty null 20");
            assertThat(server.text("all", "{" + REQUIRED + ",'note':'n','floor':3,'remark':'r','limit':1}"))
                    .endsWith("Optional[n] OptionalInt[3] r 1");
            assertThat(server.text("join", "{'words':['a','b']}")).isEqualTo("a-b");
            assertThat(server.text("nothing", "{}")).isEqualTo("nothing");
            assertThat(server.text("small", "{'letter':'x','one':1,'two':2,'three':0.5,'region':'eu'}"))
                    .isEqualTo("x 1 2 0.5 eu");
        }
    }

    @Test
    void describesArgumentsAsItDescribesComponents() {
        try (var server = AnnotatedServer.of(new Shapes())) {
            var schema = server.tool("all").object("inputSchema");
            var properties = schema.object("properties");

            assertThat(schema.get("required"))
                    .isEqualTo(json("{'r':['user_id','color_name','ratio','sure','choice','items','counts','stock']}")
                            .get("r"));
            assertThat(schema.get("additionalProperties")).isEqualTo(Json.of(false));
            assertThat(properties.object("color_name")).isEqualTo(json("{'type':'string','enum':['red','green']}"));
            assertThat(properties.object("ratio")).isEqualTo(json("{'type':'number','minimum':0,'maximum':1}"));
            assertThat(properties.object("counts"))
                    .isEqualTo(json("{'type':'array','items':{'type':'integer'},'maxItems':2}"));
            assertThat(properties.object("limit")).isEqualTo(json("{'type':'integer','default':20}"));
            assertThat(server.tool("small")
                            .object("inputSchema")
                            .object("properties")
                            .object("region"))
                    .isEqualTo(json("{'type':'string','x-mcp-header':'Region'}"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'ratio':2} | /ratio",
                "{'items':[{'name':'pen','count':0}]} | /items/0/count",
                "{'counts':[1,2,3]} | /counts",
                "{'choice':'c'} | /choice"
            })
    void namesThePlaceOfEachViolation(String change, String place) {
        var arguments = json("{" + REQUIRED + "}").members();
        var changed = new LinkedHashMap<>(arguments);
        changed.putAll(json(change).members());
        try (var server = AnnotatedServer.of(new Shapes())) {
            var result = server.client().call("all", new Json.Obj(changed));

            assertThat(result.isError()).isTrue();
            assertThat(result.text()).contains(place);
        }
    }

    static class Tree {
        record Node(String name, List<Node> children) {}

        @McpTool(description = "Counts nodes.")
        int count(Node left, Node right) {
            return size(left) + size(right);
        }

        private static int size(Node node) {
            return 1 + node.children().stream().mapToInt(Tree::size).sum();
        }
    }

    @Test
    void bindsTypesThatContainThemselves() {
        try (var server = AnnotatedServer.of(new Tree())) {
            var leaf = "{'name':'a','children':[]}";

            assertThat(server.text("count", "{'left':{'name':'b','children':[" + leaf + "]},'right':" + leaf + "}"))
                    .isEqualTo("3");
        }
    }

    static class Told {
        @McpTool(description = "Tells who calls.")
        String call(Call first, String name, Call second) {
            return name + " " + first.target() + " " + first.equals(second);
        }
    }

    @Test
    void passesTheCallToEveryParameterOfItsType() {
        try (var server = AnnotatedServer.of(new Told())) {
            assertThat(server.text("call", "{'name':'Ann'}")).isEqualTo("Ann call true");
            assertThat(server.tool("call")
                            .object("inputSchema")
                            .object("properties")
                            .members())
                    .containsOnlyKeys("name");
        }
    }

    static class Full {
        @McpTool(
                name = "full.name",
                title = "Full",
                description = "Says everything.",
                readOnly = true,
                idempotent = true,
                openWorld = false,
                executionMode = ExecutionMode.CPU,
                timeout = "PT5S",
                cacheForAll = "PT5M",
                cacheSource = "orders",
                staleWhileRevalidate = "PT1M",
                staleIfError = "PT2M",
                task = TaskSupport.OPTIONAL,
                taskOnDemand = true)
        int full() {
            return 1;
        }

        @McpTool(description = "Adds.", destructive = false, cacheFor = "", task = TaskSupport.REQUIRED)
        int additive() {
            return 1;
        }

        @McpTool(description = "Caches.", readOnly = true, destructive = false, cacheFor = "PT1S")
        int cached() {
            return 1;
        }
    }

    @Test
    void saysWithMembersWhatTheBuilderSaysWithMethods() {
        var tools = ToolMethods.of(new Full()).tools();
        var additive = tools.get(0).definition();
        var cached = tools.get(1).definition();
        var full = tools.get(2).definition();

        var built = Tool.named("full.name")
                .title("Full")
                .description("Says everything.")
                .input(full.inputSchema())
                .output(full.outputSchema(), ToolResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .executionMode(ExecutionMode.CPU)
                .timeout(Duration.ofSeconds(5))
                .cacheForAll(Duration.ofMinutes(5))
                .cacheSource("orders")
                .staleWhileRevalidate(Duration.ofMinutes(1))
                .staleIfError(Duration.ofMinutes(2))
                .asTaskOnDemand(TaskSupport.OPTIONAL)
                .handler((arguments, call) -> ToolResult.text(""));
        assertThat(full).isEqualTo(built.definition());
        assertThat(additive.hints().destructive()).isFalse();
        assertThat(additive.hints().readOnly()).isFalse();
        assertThat(additive.tasks().support()).isEqualTo(TaskSupport.REQUIRED);
        assertThat(cached.hints().readOnly()).isTrue();
        assertThat(cached.cache()).isNotNull().satisfies(rule -> {
            assertThat(rule.ttl()).isEqualTo(Duration.ofSeconds(1));
            assertThat(rule.shared()).isFalse();
        });
    }

    @Test
    void namesThePackAfterTheClass() {
        assertThat(ToolMethods.of(new OrderTools()).name()).isEqualTo("OrderTools");
    }
}
