package io.breakwater.server.annotation;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.ClientResponses;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Handler;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.schema.JsonSchema;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What annotated methods return and throw. */
class MethodResultsTest {
    record Order(String number) {}

    record Page<T>(List<T> items, int total) {}

    sealed interface Shape {
        record Circle(int radius) implements Shape {}

        record Square(int side) implements Shape {}
    }

    static class Results {
        @McpTool(description = "A list.")
        List<Order> list() {
            return List.of(new Order("1"), new Order("2"));
        }

        @McpTool(description = "A page.")
        Page<Order> page() {
            return new Page<>(List.of(new Order("1")), 1);
        }

        @McpTool(description = "A shape.")
        Shape shape() {
            return new Shape.Circle(2);
        }

        @McpTool(description = "A map.")
        Map<String, Integer> map() {
            return Map.of("pen", 5);
        }

        @McpTool(description = "An integer.")
        int integer() {
            return 7;
        }

        @McpTool(description = "A boxed number.")
        Double number() {
            return 0.5;
        }

        @McpTool(description = "A boolean.")
        boolean bool() {
            return true;
        }

        @McpTool(description = "A date.")
        LocalDate date() {
            return LocalDate.of(2026, 1, 31);
        }

        @McpTool(description = "An array.")
        String[] array() {
            return new String[] {"a"};
        }

        @McpTool(description = "JSON with a schema.")
        @JsonSchema("{\"type\":\"array\"}")
        Json shaped() {
            return Json.array(Json.of(1));
        }

        @McpTool(description = "JSON of any shape.")
        Json.Text text() {
            return new Json.Text("x");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "list | [{'number':'1'},{'number':'2'}] | array",
                "page | {'items':[{'number':'1'}],'total':1} | object",
                "shape | {'type':'Circle','radius':2} | object",
                "map | {'pen':5} | object",
                "integer | 7 | integer",
                "number | 0.5 | number",
                "bool | true | boolean",
                "date | '2026-01-31' | string",
                "array | ['a'] | array",
                "shaped | [1] | array",
                "text | 'x' |"
            })
    void aValueIsAStructuredResultWithASchema(String tool, String value, String type) {
        try (var server = AnnotatedServer.of(new Results())) {
            var result = server.call(tool, "{}");

            assertThat(result.result().get("structuredContent"))
                    .isEqualTo(json("{'value':" + value + "}").get("value"));
            assertThat(result.text()).isEqualTo(value.replace('\'', '"'));
            assertThat(server.tool(tool).object("outputSchema").text("type")).isEqualTo(type);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGACY_HTTP", "LEGACY_STDIO"})
    void theLegacyEraReceivesTheTextOfWhatIsNoObject(ClientMode mode) {
        try (var server = AnnotatedServer.of(new Results(), mode)) {
            var result = server.call("list", "{}");

            assertThat(result.text()).isEqualTo("[{\"number\":\"1\"},{\"number\":\"2\"}]");
            assertThat(result.result().has("structuredContent")).isFalse();
            assertThat(server.tool("list").has("outputSchema")).isFalse();
            assertThat(server.call("page", "{}").structured().get("total")).isEqualTo(Json.of(1));
        }
    }

    static class Blocks {
        @McpTool(description = "Text.")
        String text() {
            return "plain";
        }

        @McpTool(description = "Nothing.")
        void nothing() {}

        @McpTool(description = "Nothing, later.")
        CompletionStage<Void> nothingLater() {
            return CompletableFuture.completedFuture(null);
        }

        @McpTool(description = "A block.")
        Content.Image image() {
            return new Content.Image("AA==", "image/png");
        }

        @McpTool(description = "Blocks.")
        List<? extends Content> blocks() {
            return List.of(Content.text("a"), Content.text("b"));
        }

        @McpTool(description = "A whole result.")
        ToolResult whole() {
            return ToolResult.error("failed on purpose");
        }
    }

    @Test
    void contentPassesAsItIs() {
        try (var server = AnnotatedServer.of(new Blocks())) {
            assertThat(server.text("text", "{}")).isEqualTo("plain");
            assertThat(server.text("nothing", "{}")).isEqualTo("Done.");
            assertThat(server.text("nothingLater", "{}")).isEqualTo("Done.");
            assertThat(server.call("image", "{}").content())
                    .singleElement()
                    .asString()
                    .contains("image/png");
            assertThat(server.text("blocks", "{}")).isEqualTo("a\nb");
            assertThat(server.call("whole", "{}").isError()).isTrue();
            assertThat(server.call("text", "{}").result().has("structuredContent"))
                    .isFalse();
            assertThat(server.tool("blocks").has("outputSchema")).isFalse();
        }
    }

    static class Stages {
        private final CompletableFuture<String> endless = new CompletableFuture<>();
        private final CountDownLatch begun = new CountDownLatch(1);

        @McpTool(description = "A record, later.")
        CompletionStage<Order> later() {
            return CompletableFuture.supplyAsync(() -> new Order("1"));
        }

        @McpTool(description = "A list, later.")
        CompletableFuture<List<Integer>> list() {
            return CompletableFuture.completedFuture(List.of(1, 2));
        }

        @McpTool(description = "Fails, later.")
        CompletionStage<String> fails() {
            return CompletableFuture.supplyAsync(() -> {
                throw new ToolException(ErrorCode.NOT_FOUND, "no such order");
            });
        }

        @McpTool(description = "Never completes.")
        CompletableFuture<String> endless() {
            begun.countDown();
            return endless;
        }

        @McpTool(description = "Returns no stage.")
        @SuppressWarnings("NullAway") // what a careless embedder writes
        CompletionStage<String> none() {
            return null;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStageIsAwaited(ClientMode mode) {
        try (var server = AnnotatedServer.of(new Stages(), mode)) {
            assertThat(server.call("later", "{}").structured().text("number")).isEqualTo("1");
            assertThat(server.text("list", "{}")).isEqualTo("[1,2]");
            assertThat(server.text("fails", "{}")).contains("NOT_FOUND", "no such order");
            assertThat(server.text("none", "{}")).contains("INTERNAL_ERROR");
        }
    }

    @Test
    void cancellingTheCallCancelsTheStage() throws Exception {
        var stages = new Stages();
        try (var server = AnnotatedServer.of(stages)) {
            var call = server.client()
                    .requestAsync(
                            "tools/call", Json.object().put("name", "endless").build());
            assertThat(stages.begun.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            call.cancel();

            Eventually.holds(stages.endless::isCancelled);
        }
    }

    record Range(int from, int to) {
        Range {
            if (to < from) {
                throw new IllegalArgumentException("to must not be less than from");
            }
            if (to == 13) {
                throw new IllegalStateException("unlucky");
            }
        }
    }

    static class Thrown {
        @McpTool(description = "Throws for the caller.")
        String tool() {
            throw new ToolException(ErrorCode.CONFLICT, "sold out");
        }

        @McpTool(description = "Throws a checked exception.")
        String checked() throws IOException {
            throw new IOException("secret path");
        }

        @McpTool(description = "Throws something else.")
        String throwable() throws Throwable {
            throw new Throwable("secret");
        }

        @McpTool(description = "Throws an error.")
        int error() {
            throw new AssertionError("secret");
        }

        @McpTool(description = "Refused by a port.")
        String port() {
            throw new PortException.RefusedException(
                    PortException.RefusedException.Reason.NOT_FOUND, "no such row", null);
        }

        @McpTool(description = "Returns null.")
        @SuppressWarnings("NullAway") // what a careless embedder writes
        Order none() {
            return null;
        }

        @McpTool(description = "Returns null in a list.")
        List<String> noneInside() {
            return Collections.singletonList(null);
        }

        @McpTool(description = "Takes a range.")
        String range(Range range) {
            return range.toString();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tool | CONFLICT | sold out",
                "checked | INTERNAL_ERROR | request id",
                "throwable | INTERNAL_ERROR | request id",
                "error | INTERNAL_ERROR | request id",
                "port | NOT_FOUND | no such row",
                "none | INTERNAL_ERROR | request id",
                "noneInside | INTERNAL_ERROR | request id"
            })
    void whatAMethodThrowsIsMappedAsThatOfAHandler(String tool, String code, String words) {
        try (var server = AnnotatedServer.of(new Thrown())) {
            var result = server.call(tool, "{}");

            assertThat(result.isError()).isTrue();
            assertThat(result.text()).contains(code, words).doesNotContain("secret");
        }
    }

    @Test
    void aRecordThatRefusesItsComponentsAnswersTheCaller() {
        try (var server = AnnotatedServer.of(new Thrown())) {
            assertThat(server.text("range", "{'range':{'from':1,'to':2}}")).isEqualTo("Range[from=1, to=2]");
            assertThat(server.text("range", "{'range':{'from':2,'to':1}}"))
                    .contains("INVALID_PARAMS", "/range: to must not be less than from");
            assertThat(server.text("range", "{'range':{'from':1,'to':13}}")).contains("INTERNAL_ERROR");
        }
    }

    record Confirmation(boolean sure) {}

    static class Asking {
        @McpTool(description = "Deletes a file, after asking.")
        String delete(String file, Call call) {
            boolean sure = call.elicit("sure", "Delete " + file + "?", Confirmation.class)
                    .sure();
            return sure ? "deleted" : "kept";
        }

        @McpTool(description = "Deletes a file, after asking on the thread that calls the stage.")
        CompletionStage<String> deleteLater(String file, Call call) {
            return CompletableFuture.completedFuture(file).thenApply(name -> delete(name, call));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMethodAsksTheUserInEveryEra(ClientMode mode) {
        var sure = ClientResponses.accepted(json("{'sure':true}"));
        try (var server = Breakwater.named("shop")
                        .pack(ToolMethods.of(new Asking()))
                        .build();
                var client = mode.to(server).onServerRequest(question -> sure).connect()) {
            assertThat(client.call("delete", json("{'file':'a'}")).text()).isEqualTo("deleted");
            assertThat(client.call("deleteLater", json("{'file':'a'}")).text()).isEqualTo("deleted");
        }
    }

    @Test
    @SuppressWarnings("unchecked") // the definition of the tool says what its handler takes and gives
    void theHandlerCanServeAnotherTool() {
        var range = ToolMethods.of(new Thrown()).tools().stream()
                .filter(tool -> tool.definition().name().equals("range"))
                .findFirst()
                .orElseThrow();
        var handler = (Handler<Json.Obj, ToolResult>) range.handler();
        var other = Tool.named("other")
                .description("Takes a range too.")
                .input(range.definition().inputSchema())
                .handler((arguments, call) -> handler.handle(arguments, call));
        try (var server = Breakwater.named("shop").tool(other).build();
                var client = InMemoryClient.of(server)) {
            assertThat(range.argumentsType()).isEqualTo(Json.Obj.class);
            assertThat(range.resultType()).isEqualTo(ToolResult.class);
            assertThat(client.call("other", json("{'range':{'from':1,'to':2}}")).text())
                    .isEqualTo("Range[from=1, to=2]");
        }
    }
}
