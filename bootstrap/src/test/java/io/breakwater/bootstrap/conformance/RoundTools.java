package io.breakwater.bootstrap.conformance;

import io.breakwater.core.presentation.catalog.Call;
import io.breakwater.core.presentation.catalog.ClientCapability;
import io.breakwater.core.presentation.catalog.ClientRequest;
import io.breakwater.core.presentation.catalog.Tool;
import io.breakwater.core.presentation.catalog.ToolResult;
import io.breakwater.port.Json;
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
                                + call.ask("user_name", AskingTools.name())
                                        .entries()
                                        .text("name")),
                tool(
                        "sampling",
                        call -> call.ask("sample", ClientRequest.sample("Say something", 100))
                                .sampledText()),
                tool(
                        "list_roots",
                        call -> call.ask("roots", ClientRequest.roots())
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
                .describedAs("Asks before it answers: " + name.replace('_', ' ') + ".")
                .handledBy((arguments, call) -> ToolResult.text(words.of(call)));
    }

    private static String confirmed(Call call) {
        return "state-ok "
                + call.ask("confirm", AskingTools.confirmation()).entries().get("ok");
    }

    private static String several(Call call) {
        var answers = call.ask(Map.of(
                "user_name", AskingTools.name(),
                "greeting", ClientRequest.sample("Say hello", 100),
                "roots", ClientRequest.roots()));
        return "Answered: " + answers.size();
    }

    private static String twoRounds(Call call) {
        var name = call.ask("step1", AskingTools.name()).entries().text("name");
        var colour = call.ask(
                "step2",
                ClientRequest.form(
                        "Which colour, " + name + "?",
                        AskingTools.form(Json.object().put("color", AskingTools.string()), "color")));
        return name + " chose " + colour.entries().text("color");
    }

    private static String whatYouCan(Call call) {
        var questions = new LinkedHashMap<String, ClientRequest>();
        if (call.can(ClientCapability.SAMPLE)) {
            questions.put("sample", ClientRequest.sample("Say something", 100));
        }
        if (call.can(ClientCapability.ELICIT_FORM)) {
            questions.put("user_name", AskingTools.name());
        }
        return "Answered: " + call.ask(questions).size();
    }
}
