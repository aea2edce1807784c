package io.breakwater.bootstrap.conformance;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ClientCapability;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools that need one or more rounds of questions. */
final class RoundTools {
    private static final String PREFIX = "test_input_required_result_";

    private RoundTools() {}

    static List<Tool> all() {
        return List.of(
                tool(
                        "elicitation",
                        call -> "Hello, "
                                + call.request("user_name", AskingTools.name())
                                        .content()
                                        .text("name")),
                tool(
                        "sampling",
                        call -> call.request("sample", ClientRequest.sample("Say something", 100))
                                .sampledText()),
                tool(
                        "list_roots",
                        call -> call.request("roots", ClientRequest.roots())
                                .result()
                                .toString()),
                tool("request_state", RoundTools::confirmed),
                tool("tampered_state", RoundTools::confirmed),
                tool("multiple_inputs", RoundTools::several),
                tool("multi_round", RoundTools::twoRounds),
                tool("capabilities", RoundTools::whatYouCan));
    }

    @FunctionalInterface
    private interface Words {
        String of(Call call);
    }

    private static Tool tool(String name, Words words) {
        return Tool.named(PREFIX + name)
                .description("Asks before it answers: " + name.replace('_', ' ') + ".")
                .handler((arguments, call) -> ToolResult.text(words.of(call)));
    }

    private static String confirmed(Call call) {
        return "state-ok "
                + call.request("confirm", AskingTools.confirmation()).content().get("ok");
    }

    private static String several(Call call) {
        var answers = call.request(Map.of(
                "user_name", AskingTools.name(),
                "greeting", ClientRequest.sample("Say hello", 100),
                "roots", ClientRequest.roots()));
        return "Answered: " + answers.size();
    }

    private static String twoRounds(Call call) {
        var name = call.request("step1", AskingTools.name()).content().text("name");
        var colour = call.request(
                "step2",
                ClientRequest.form(
                        "Which colour, " + name + "?",
                        AskingTools.form(Json.object().put("color", AskingTools.string()), "color")));
        return name + " chose " + colour.content().text("color");
    }

    private static String whatYouCan(Call call) {
        var questions = new LinkedHashMap<String, ClientRequest>();
        if (call.hasCapability(ClientCapability.SAMPLING)) {
            questions.put("sample", ClientRequest.sample("Say something", 100));
        }
        if (call.hasCapability(ClientCapability.ELICITATION_FORM)) {
            questions.put("user_name", AskingTools.name());
        }
        return "Answered: " + call.request(questions).size();
    }
}
