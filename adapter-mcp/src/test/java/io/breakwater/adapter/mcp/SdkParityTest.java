package io.breakwater.adapter.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.ScriptedToolContext.Client;
import io.breakwater.port.driven.ToolSource;
import io.breakwater.sample.sdk.OrderDesk;
import io.breakwater.sample.sdk.Orders;
import io.breakwater.sample.sdk.ParcelDesk;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** What the SDK's own server answers, we answer: the same tools, called both ways. */
class SdkParityTest {
    static final List<Arguments> SYNC_CALLS = List.of(
            call("find_order", number("A-100001")),
            call("find_order", number("A-999999")),
            call("pack_order", number("A-100002")),
            call("pack_order", number("A-999999")),
            call("cancel_order", number("A-100001")),
            call("order_folder", Json.Obj.EMPTY),
            call("audit_order", number("A-100001")),
            call("audit_order", number("A-100003")));

    static final List<Arguments> ASYNC_CALLS = Stream.of("track_parcel", "apologise", "call_carrier")
            .map(tool -> call(tool, Json.object().put("parcel", 7).build()))
            .toList();

    private static final Client CLIENT = question -> switch (question.method()) {
        case "elicitation/create" ->
            Json.object()
                    .put("action", "accept")
                    .put(
                            "content",
                            Json.object().put("sure", true).put("name", "Ada").build())
                    .build();
        case "sampling/createMessage" ->
            Json.object()
                    .put("role", "assistant")
                    .put("model", "m")
                    .put(
                            "content",
                            Json.object()
                                    .put("type", "text")
                                    .put("text", "Sorry.")
                                    .build())
                    .build();
        default ->
            Json.object()
                    .put(
                            "roots",
                            Json.array(Json.object().put("uri", "file:///a").build()))
                    .build();
    };

    @Test
    void listsTheSameTools() throws Exception {
        var orders = new OrderDesk(new Orders()).tools();
        var parcels = new ParcelDesk().tools();

        assertThat(listedBy(SdkServer.sync(orders, CLIENT))).isEqualTo(listedBy(SdkTools.sync(orders)));
        assertThat(listedBy(SdkServer.async(parcels, CLIENT))).isEqualTo(listedBy(SdkTools.async(parcels)));
    }

    @ParameterizedTest
    @FieldSource("SYNC_CALLS")
    void answersTheSame(String tool, Json.Obj arguments) throws Exception {
        try (var server = SdkServer.sync(new OrderDesk(new Orders()).tools(), CLIENT)) {
            assertThat(outcome(SdkTools.sync(new OrderDesk(new Orders()).tools()), tool, arguments))
                    .isEqualTo(outcome(server, tool, arguments));
        }
    }

    @ParameterizedTest
    @FieldSource("ASYNC_CALLS")
    void answersTheSameFromPipelines(String tool, Json.Obj arguments) throws Exception {
        try (var server = SdkServer.async(new ParcelDesk().tools(), CLIENT)) {
            assertThat(outcome(SdkTools.async(new ParcelDesk().tools()), tool, arguments))
                    .isEqualTo(outcome(server, tool, arguments));
        }
    }

    private static List<Json> listedBy(SdkServer server) throws IOException {
        try (server) {
            var result = server.request("tools/list", Json.Obj.EMPTY).object("result");
            return result.get("tools") instanceof Json.Arr(var tools) ? tools : List.of();
        }
    }

    private static List<Json> listedBy(ToolSource source) {
        return source.tools().stream().map(SdkParityTest::listed).toList();
    }

    private static Json listed(ToolSource.Descriptor tool) {
        return Json.object()
                .put("name", tool.name())
                .putIfPresent("title", tool.title())
                .put("description", tool.description())
                .put("inputSchema", tool.inputSchema())
                .putIfPresent("outputSchema", tool.outputSchema())
                .putIfPresent("annotations", tool.annotations().members().isEmpty() ? null : tool.annotations())
                .putIfPresent("_meta", tool.meta().members().isEmpty() ? null : tool.meta())
                .build();
    }

    private static Json outcome(SdkServer server, String tool, Json.Obj arguments) throws IOException {
        var params = Json.object().put("name", tool).put("arguments", arguments).build();
        var response = server.request("tools/call", params);
        return response.has("error") ? response.object("error") : response.object("result");
    }

    private static Json outcome(ToolSource source, String tool, Json.Obj arguments) throws Exception {
        try {
            return SdkWire.SESSION.call(source, tool, arguments, CLIENT).result();
        } catch (PortException.ProtocolErrorException error) {
            return Json.object()
                    .put("code", error.code())
                    .put("message", String.valueOf(error.getMessage()))
                    .putIfPresent("data", error.data())
                    .build();
        }
    }

    private static Arguments call(String tool, Json.Obj arguments) {
        return Arguments.of(tool, arguments);
    }

    private static Json.Obj number(String number) {
        return Json.object().put("number", number).build();
    }
}
