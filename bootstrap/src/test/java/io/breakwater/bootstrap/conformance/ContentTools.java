package io.breakwater.bootstrap.conformance;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.schema.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tools that give content of every kind. */
final class ContentTools {
    private ContentTools() {}

    static List<Tool> all() {
        return List.of(
                gives("test_simple_text", Content.text("This is a simple text response for testing.")),
                gives("test_image_content", Content.image(Media.PNG, "image/png")),
                gives("test_audio_content", Content.audio(Media.WAV, "audio/wav")),
                gives(
                        "test_embedded_resource",
                        new Content.Embedded(ResourceContents.text(
                                "test://embedded-resource", "text/plain", "This is an embedded resource content."))),
                gives(
                        "test_multiple_content_types",
                        Content.text("Multiple content types test:"),
                        Content.image(Media.PNG, "image/png"),
                        new Content.Embedded(ResourceContents.text(
                                "test://mixed-content-resource",
                                "application/json",
                                "{\"test\":\"data\",\"value\":123}"))),
                Tool.named("test_error_handling")
                        .description("Fails on purpose.")
                        .handler((arguments, call) ->
                                ToolResult.error("This tool intentionally returns an error for testing")),
                Tool.named("test_x_mcp_header")
                        .description("Takes an argument that is repeated in a header field.")
                        .input(Region.class)
                        .handler((arguments, call) -> ToolResult.text("Region: " + arguments.region())),
                Tool.named("json_schema_2020_12_tool")
                        .description("Has a schema with keywords of 2020-12.")
                        .input(schema())
                        .handler((arguments, call) -> ToolResult.text("The arguments fit.")));
    }

    private record Region(@Header("Region") @Nullable String region) {}

    private static Tool gives(String name, Content... content) {
        return Tool.named(name)
                .description("Gives " + name.substring("test_".length()).replace('_', ' ') + ".")
                .handler((arguments, call) -> ToolResult.of(content));
    }

    private static Json.Obj schema() {
        var text = type("string");
        var address = Json.object()
                .put("$anchor", "addressDef")
                .put("type", "object")
                .put(
                        "properties",
                        Json.object().put("street", text).put("city", text).build());
        var properties = Json.object()
                .put("name", text)
                .put("address", Json.object().put("$ref", "#/$defs/address").build())
                .put(
                        "contactMethod",
                        Json.object()
                                .put("type", "string")
                                .put("enum", Json.texts(List.of("phone", "email")))
                                .build())
                .put("phone", text)
                .put("email", text);
        var byPhone = Json.object()
                .put(
                        "properties",
                        Json.object()
                                .put(
                                        "contactMethod",
                                        Json.object().put("const", "phone").build())
                                .build())
                .put("required", Json.texts(List.of("contactMethod")));
        return Json.object()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("type", "object")
                .put("$defs", Json.object().put("address", address.build()).build())
                .put("properties", properties.build())
                .put(
                        "allOf",
                        Json.array(Json.object()
                                .put("anyOf", Json.array(required("phone"), required("email")))
                                .build()))
                .put("if", byPhone.build())
                .put("then", required("phone"))
                .put("else", required("email"))
                .put("additionalProperties", false)
                .build();
    }

    private static Json.Obj type(String type) {
        return Json.object().put("type", type).build();
    }

    private static Json required(String member) {
        return Json.object().put("required", Json.texts(List.of(member))).build();
    }
}
