package io.breakwater.bootstrap.conformance;

import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Prompt.Message;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.schema.Description;
import java.util.List;

/** Words to start with. */
final class FixturePrompts {
    private FixturePrompts() {}

    record Context(@Description("What the prompt is about") String context) {}

    static List<Prompt> all() {
        return List.of(
                Prompt.named("test_simple_prompt")
                        .description("Without arguments.")
                        .handler((arguments, call) -> List.of(Message.user("This is a simple prompt for testing."))),
                Prompt.named("test_prompt_with_arguments")
                        .description("With two arguments.")
                        .argument(new Prompt.Argument(
                                "arg1", "The first", true, (typed, others, call) -> List.of(typed + "1", typed + "2")))
                        .requiredArgument("arg2", "The second")
                        .handler((arguments, call) -> List.of(Message.user("Prompt with arguments: arg1='"
                                + arguments.get("arg1") + "', arg2='" + arguments.get("arg2") + "'"))),
                Prompt.named("test_prompt_with_embedded_resource")
                        .description("With a resource.")
                        .requiredArgument("resourceUri", "Which resource")
                        .handler((arguments, call) -> List.of(
                                Message.user(new Content.Embedded(ResourceContents.text(
                                        arguments.getOrDefault("resourceUri", ""),
                                        "text/plain",
                                        "Embedded resource content for testing."))),
                                Message.user("Please look at the resource above."))),
                Prompt.named("test_prompt_with_image")
                        .description("With a picture.")
                        .handler((arguments, call) -> List.of(
                                Message.user(Content.image(Media.PNG, "image/png")),
                                Message.user("Please look at the picture above."))),
                Prompt.named("test_input_required_result_prompt")
                        .description("Asks before it is written.")
                        .handler((arguments, call) -> List.of(Message.user("Consider "
                                + call.elicit("context", "Which context?", Context.class)
                                        .context()))));
    }
}
