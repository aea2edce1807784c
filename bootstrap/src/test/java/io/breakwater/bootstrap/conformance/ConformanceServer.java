package io.breakwater.bootstrap.conformance;

import io.breakwater.adapter.http.HttpSettings;
import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import java.nio.file.Path;
import java.util.List;

/**
 * Serves the fixture on a port: {@code ConformanceServer 8080}; or with a guard, for a balancer on this machine:
 * {@code ConformanceServer 8080 API-KEYS-FILE PUBLIC-URL}.
 */
public final class ConformanceServer {
    private ConformanceServer() {}

    /** Serves until the process is told to stop. */
    public static void main(String[] arguments) {
        var settings = HttpSettings.defaults().withPort(Integer.parseInt(arguments[0]));
        var builder = fixture();
        if (arguments.length > 1) {
            new FixtureGuard(Path.of(arguments[1]), arguments[2]).addTo(builder);
            settings = FixtureGuard.behindBalancer(settings);
        }
        var server = builder.build();
        addChangingTools(server);
        server.serve(HttpTransport.with(settings));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    }

    /** Everything the suite looks for, at both revisions, except the tools that change the catalog. */
    private static BreakwaterBuilder fixture() {
        var builder = Breakwater.named("breakwater-conformance").version("1.0.0");
        ContentTools.all().forEach(builder::tool); // the suite calls the first tool without arguments
        TalkingTools.all().forEach(builder::tool);
        AskingTools.all().forEach(builder::tool);
        RoundTools.all().forEach(builder::tool);
        TaskTools.all().forEach(builder::tool);
        FixtureResources.addTo(builder);
        FixturePrompts.all().forEach(builder::prompt);
        return builder;
    }

    /**
     * Tools that change the catalogue they are in: something comes, and goes again, so that the list stays the same.
     */
    private static void addChangingTools(Breakwater server) {
        var passing = Tool.named("test_passing_tool")
                .description("Is there for a moment.")
                .handler((arguments, call) -> ToolResult.text("here"));
        server.add(Tool.named("test_trigger_tool_change")
                .description("Changes the list of tools.")
                .handler((arguments, call) -> {
                    server.add(passing);
                    server.removeTool("test_passing_tool");
                    return ToolResult.text("The list of tools changed.");
                }));
        var prompt = Prompt.named("test_passing_prompt")
                .description("Is there for a moment.")
                .handler((arguments, call) -> List.of(Prompt.Message.user("here")));
        server.add(Tool.named("test_trigger_prompt_change")
                .description("Changes the list of prompts.")
                .handler((arguments, call) -> {
                    server.add(prompt);
                    server.removePrompt("test_passing_prompt");
                    return ToolResult.text("The list of prompts changed.");
                }));
    }
}
