package io.breakwater.bootstrap.conformance;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.schema.Description;
import java.math.BigDecimal;
import java.util.List;

/** Tools that ask once. */
final class AskingTools {
    private AskingTools() {}

    record Prompted(@Description("What to ask the model") String prompt) {}

    record Addressed(@Description("What to tell the user") String message) {}

    static List<Tool> all() {
        return List.of(
                Tool.named("test_sampling")
                        .description("Asks the client's model.")
                        .input(Prompted.class)
                        .handler((arguments, call) -> ToolResult.text("LLM response: "
                                + call.request("sample", ClientRequest.sample(arguments.prompt(), 100))
                                        .sampledText())),
                Tool.named("test_elicitation")
                        .description("Asks the user for a name and an address.")
                        .input(Addressed.class)
                        .handler((arguments, call) -> ToolResult.text("User response: "
                                + call.request("user", ClientRequest.form(arguments.message(), contact()))
                                        .result())),
                Tool.named("test_elicitation_sep1034_defaults")
                        .description("Asks with defaults of every type.")
                        .handler((arguments, call) -> ToolResult.text("Elicitation completed: "
                                + call.request("form", ClientRequest.form("Check these", defaults()))
                                        .result())),
                Tool.named("test_elicitation_sep1330_enums")
                        .description("Asks with choices of every form.")
                        .handler((arguments, call) -> ToolResult.text("Elicitation completed: "
                                + call.request("form", ClientRequest.form("Choose", choices()))
                                        .result())));
    }

    static ClientRequest name() {
        return ClientRequest.form("What is your name?", form(Json.object().put("name", string()), "name"));
    }

    static ClientRequest confirmation() {
        var ok = Json.object().put("ok", Json.object().put("type", "boolean").build());
        return ClientRequest.form("Please confirm", form(ok, "ok"));
    }

    static Json.Obj form(Json.ObjectBuilder properties, String... required) {
        return Json.object()
                .put("type", "object")
                .put("properties", properties.build())
                .put("required", Json.texts(List.of(required)))
                .build();
    }

    static Json string() {
        return Json.object().put("type", "string").build();
    }

    private static Json.Obj contact() {
        return form(Json.object().put("username", string()).put("email", string()), "username", "email");
    }

    private static Json.Obj defaults() {
        return form(Json.object()
                .put("name", with("string", Json.of("John Doe")))
                .put("age", with("integer", Json.of(30)))
                .put("score", with("number", Json.of(new BigDecimal("95.5"))))
                .put(
                        "status",
                        Json.object()
                                .put("type", "string")
                                .put("enum", Json.texts(List.of("active", "inactive", "pending")))
                                .put("default", "active")
                                .build())
                .put("verified", with("boolean", Json.of(true))));
    }

    private static Json with(String type, Json value) {
        return Json.object().put("type", type).put("default", value).build();
    }

    private static Json.Obj choices() {
        var three = Json.texts(List.of("option1", "option2", "option3"));
        var titled = Json.array(titled("value1", "First"), titled("value2", "Second"), titled("value3", "Third"));
        var untitledMulti = Json.object().put("type", "string").put("enum", three);
        var titledMulti = Json.object().put("anyOf", titled);
        return form(Json.object()
                .put(
                        "untitledSingle",
                        Json.object().put("type", "string").put("enum", three).build())
                .put(
                        "titledSingle",
                        Json.object().put("type", "string").put("oneOf", titled).build())
                .put(
                        "legacyEnum",
                        Json.object()
                                .put("type", "string")
                                .put("enum", Json.texts(List.of("opt1", "opt2", "opt3")))
                                .put("enumNames", Json.texts(List.of("Option One", "Option Two", "Option Three")))
                                .build())
                .put("untitledMulti", list(untitledMulti.build()))
                .put("titledMulti", list(titledMulti.build())));
    }

    private static Json titled(String value, String title) {
        return Json.object().put("const", value).put("title", title).build();
    }

    private static Json list(Json items) {
        return Json.object().put("type", "array").put("items", items).build();
    }
}
