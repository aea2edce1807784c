package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.bootstrap.console.Sanitizer;
import io.breakwater.port.Json;
import io.breakwater.server.client.McpClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code breakwater tools}. */
@Command(name = "tools", description = "Lists the tools of a server, or describes one of them.")
final class ToolsCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(arity = "0..1", paramLabel = "TOOL", description = "The tool to describe.")
    private @Nullable String name;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    ToolsCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        try (var server = options.connectForLists(process)) {
            var tools = new ToolList(server.request(McpClient::tools), server.isWithoutCredential());
            CommandLines.lines(process.out(), name == null ? list(tools) : described(tools.named(name)));
        }
        return ExitCode.OK;
    }

    private String list(ToolList tools) {
        if (output.json()) {
            return JsonText.indented(Json.array(tools.tools().toArray(Json[]::new)));
        }
        if (tools.tools().isEmpty()) {
            return "This server has no tools that this caller may use.";
        }
        var table = new TextTable();
        tools.tools().forEach(tool -> table.row(text(tool, "name"), firstSentence(text(tool, "description"))));
        return table.text();
    }

    private String described(Json.Obj tool) {
        if (output.json()) {
            return JsonText.indented(tool);
        }
        return Sanitizer.line(text(tool, "name")) + "\n\n" + Sanitizer.lines(text(tool, "description"))
                + "\n\nArguments:\n" + JsonText.indented(tool.object("inputSchema"));
    }

    private static String firstSentence(String description) {
        int end = description.indexOf(". ");
        return (end < 0 ? description : description.substring(0, end + 1)).replace('\n', ' ');
    }

    private static String text(Json.Obj tool, String member) {
        var text = tool.text(member);
        return text == null ? "" : text;
    }
}
