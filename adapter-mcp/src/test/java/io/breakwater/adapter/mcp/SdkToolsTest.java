package io.breakwater.adapter.mcp;

import static io.breakwater.adapter.mcp.Specifications.async;
import static io.breakwater.adapter.mcp.Specifications.sync;
import static io.breakwater.adapter.mcp.Specifications.textResult;
import static io.breakwater.adapter.mcp.Specifications.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.ScriptedToolContext;
import io.breakwater.port.driven.ToolSource;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Icon;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class SdkToolsTest {

    @Test
    void describesAToolWithAllItsSays() {
        var tool = Tool.builder("all.of_it-1", Map.of("type", "object", "maxProperties", 3))
                .title("All of it")
                .description("Everything a tool can say.")
                .outputSchema(Map.of("type", "object"))
                .annotations(ToolAnnotations.builder().readOnlyHint(true).build())
                .icons(List.of(Icon.builder("https://shop.example/i.png").build()))
                .meta(Map.of("shop.example/team", "desk"))
                .build();

        assertThat(listed(tool))
                .isEqualTo(new ToolSource.Descriptor(
                        "all.of_it-1",
                        "All of it",
                        "Everything a tool can say.",
                        json("type", "object").put("maxProperties", 3).build(),
                        json("type", "object").build(),
                        Json.object().put("readOnlyHint", true).build(),
                        Json.array(json("src", "https://shop.example/i.png").build()),
                        json("shop.example/team", "desk").build()));
    }

    @Test
    void describesAToolThatSaysNothing() {
        assertThat(listed(tool("quiet")))
                .isEqualTo(new ToolSource.Descriptor(
                        "quiet",
                        null,
                        "",
                        json("type", "object").build(),
                        null,
                        Json.Obj.EMPTY,
                        Json.array(),
                        Json.Obj.EMPTY));
    }

    @Test
    void putsInTheRootTypeThatASchemaLeavesOut() {
        assertThat(listed(Tool.builder("open", Map.of()).build()).inputSchema())
                .isEqualTo(json("type", "object").build());
    }

    @Test
    void refusesWhatMcpDoesNotAllow() {
        var open = SdkTools.builder();

        assertThatThrownBy(() -> open.sync(named("no spaces")).build()).hasMessageContaining("'no spaces'");
        assertThatThrownBy(() -> SdkTools.sync(
                        named(Tool.builder("list", Map.of("type", "array")).build())))
                .hasMessageContaining("\"type\": \"object\"");
        assertThatThrownBy(() -> SdkTools.sync(
                        named(Tool.builder("bad", Map.of("type", 7)).build())))
                .hasMessageContaining("Tool 'bad' inputSchema");
        assertThatThrownBy(() -> SdkTools.sync(named("twin"), named("twin"))).hasMessageContaining("'twin'");
    }

    @Test
    void tellsWhenToolsComeAndGo() {
        var tools = SdkTools.sync(named("first"));
        var told = new AtomicInteger();
        tools.onChange(told::incrementAndGet);

        tools.add(named("second"));
        assertThat(names(tools)).containsExactly("first", "second");
        tools.add(async((exchange, request) -> Mono.just(textResult("third"))));
        assertThat(names(tools)).containsExactly("first", "second", "tool");
        tools.remove("first");
        assertThat(names(tools)).containsExactly("second", "tool");
        tools.remove("first");

        assertThat(told).hasValue(3);
    }

    @Test
    void keepsNoToolThatItsServerRefuses() {
        var tools = SdkTools.sync(named("first"));
        var seen = new ArrayList<List<String>>();
        tools.onChange(() -> {
            seen.add(names(tools));
            if (names(tools).contains("taken")) {
                throw new IllegalArgumentException("There is a tool 'taken' already");
            }
        });

        assertThatThrownBy(() -> tools.add(named("taken"))).hasMessageContaining("'taken'");

        assertThat(seen).containsExactly(List.of("first", "taken"), List.of("first"));
        assertThat(names(tools)).containsExactly("first");
    }

    @Test
    void replacesAToolInItsPlace() throws Exception {
        var tools = SdkTools.sync(sync((exchange, request) -> textResult("old")), named("other"));

        tools.add(sync((exchange, request) -> textResult("new")));

        assertThat(names(tools)).containsExactly("tool", "other");
        assertThat(text(tools)).isEqualTo("new");
    }

    @Test
    void refusesToCallWhatItDoesNotOffer() {
        assertThat(catchThrowable(() ->
                        SdkWire.await(SdkTools.sync().call("gone", Json.Obj.EMPTY, ScriptedToolContext.silent()))))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessage("There is no tool 'gone'");
    }

    @Test
    void handsArgumentsOverInTheTypesOfTheSdk() throws Exception {
        var types = sync((exchange, request) -> textResult(request.arguments().values().stream()
                .map(value -> value == null ? "null" : value.getClass().getSimpleName())
                .toList()
                .toString()));
        var arguments = Json.object()
                .put("a", 1)
                .put("b", 1L << 40)
                .put("c", Json.of(new BigDecimal(BigInteger.TWO.pow(70))))
                .put("d", Json.of(1.5))
                .put("e", "text")
                .put("f", true)
                .put("g", Json.Null.NULL)
                .put("h", Json.array())
                .put("i", new Json.Raw("{\"x\":1}".getBytes(StandardCharsets.UTF_8)))
                .build();

        var answer = SdkWire.await(SdkTools.sync(types).call("tool", arguments, ScriptedToolContext.silent()));

        assertThat(SdkWire.textOf(answer))
                .isEqualTo("[Integer, Long, BigInteger, Double, String, Boolean, null, ArrayList, LinkedHashMap]");
    }

    @Test
    void tellsAHandlerWhoCallsAndHow() throws Exception {
        var curious = sync((exchange, request) -> textResult(String.join(
                " ",
                exchange.sessionId(),
                exchange.getClientInfo().name(),
                String.valueOf(exchange.transportContext().get(SdkTools.REQUEST_ID)),
                String.valueOf(exchange.transportContext().get(SdkTools.PROTOCOL_VERSION)),
                String.valueOf(exchange.transportContext().get(SdkTools.TRACE_PARENT)),
                exchange.ping().toString(),
                String.valueOf(request.progressToken()))));

        assertThat(text(SdkTools.sync(curious))).isEqualTo("s-1 ada test 2025-11-25 null {} null");
    }

    @Test
    void handsTheTransportContextToPipelinesToo() throws Exception {
        var curious = async((exchange, request) -> Mono.deferContextual(context -> {
            McpTransportContext transport = context.get(McpTransportContext.KEY);
            return Mono.just(textResult(String.valueOf(transport.get(SdkTools.REQUEST_ID))));
        }));

        assertThat(text(SdkTools.async(curious))).isEqualTo("test");
    }

    @Test
    void namesAClientThatDoesNot() throws Exception {
        var call = ScriptedToolContext.silent().withClientInfo(Json.Obj.EMPTY);
        var curious =
                sync((exchange, request) -> textResult(exchange.getClientInfo().name()));

        assertThat(SdkWire.textOf(SdkWire.await(SdkTools.sync(curious).call("tool", Json.Obj.EMPTY, call))))
                .isEqualTo("unknown");
    }

    @Test
    void endsACallWhoseHandlerGivesNothing() {
        var empty = SdkTools.async(async((exchange, request) -> Mono.empty()));

        assertThat(catchThrowable(() -> text(empty)))
                .isInstanceOf(PortException.ProtocolErrorException.class)
                .hasMessage("Tool 'tool' ended without a result");
    }

    @Test
    void holdsAToolToItsOutputSchema() throws Exception {
        var schema = Map.<String, Object>of("type", "object", "required", List.of("n"));
        var tool = Tool.builder("tool", Map.of("type", "object"))
                .outputSchema(schema)
                .build();
        var unlike = new SyncToolSpecification(
                tool,
                (exchange, request) -> CallToolResult.builder()
                        .structuredContent(Map.of("m", 1))
                        .build());
        var without = new SyncToolSpecification(tool, (exchange, request) -> textResult("just text"));
        var failing = new SyncToolSpecification(
                tool,
                (exchange, request) -> CallToolResult.builder()
                        .addTextContent("no")
                        .isError(true)
                        .build());

        assertThat(text(SdkTools.sync(unlike))).contains("Tool (tool) output validation failed", "'n'");
        assertThat(text(SdkTools.sync(without))).contains("missing structured content");
        assertThat(text(SdkTools.sync(failing))).isEqualTo("no");
    }

    private static ToolSource.Descriptor listed(Tool tool) {
        return SdkTools.sync(named(tool)).tools().getFirst();
    }

    private static SyncToolSpecification named(String name) {
        return named(tool(name));
    }

    private static SyncToolSpecification named(Tool tool) {
        return new SyncToolSpecification(tool, (exchange, request) -> textResult(tool.name()));
    }

    private static List<String> names(ToolSource tools) {
        return tools.tools().stream().map(ToolSource.Descriptor::name).toList();
    }

    private static String text(ToolSource tools) throws Exception {
        return SdkWire.textOf(SdkWire.await(tools.call("tool", Json.Obj.EMPTY, ScriptedToolContext.silent())));
    }

    private static Json.ObjectBuilder json(String name, String value) {
        return Json.object().put(name, value);
    }
}
