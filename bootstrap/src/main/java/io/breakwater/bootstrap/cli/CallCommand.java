package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.bootstrap.console.Sanitizer;
import io.breakwater.port.Json;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code breakwater call}. */
@Command(
        name = "call",
        description = "Calls a tool and prints its result.",
        footerHeading = "%n@|bold Examples|@%n",
        footer = {
            "  breakwater call process_data operation=analyze data='[1, 2, 3]'",
            "  breakwater call process_data --args '{\"operation\": \"analyze\", \"data\": [1, 2, 3]}'",
            "  breakwater call delete_data data_id=draft --dry-run",
            "  breakwater call process_data --args @request.json --url http://127.0.0.1:8080/mcp"
        })
final class CallCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(index = "0", paramLabel = "TOOL", description = "The name of the tool.")
    private String tool = "";

    @Parameters(
            index = "1..*",
            paramLabel = "NAME=VALUE",
            description = "The arguments. A value is read as JSON, unless the tool expects a string or the value"
                    + " is not JSON.")
    private Map<String, String> pairs = new LinkedHashMap<>();

    @Option(
            names = "--args",
            paramLabel = "JSON",
            description = "All arguments as one JSON object; @FILE reads it from a file, - from standard input.")
    private @Nullable String json;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "A text that you choose for this effect, such as a UUID. If you repeat the call with the same"
                    + " key, it has its effect once, and returns the first result.")
    private @Nullable String key;

    @Option(
            names = "--dry-run",
            description =
                    "Shows what the call would do, without effect: the checks, the limits, the confirmation, and the"
                            + " statement or request of the tool. The call counts in the rate limits.")
    private boolean dryRun;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    CallCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        try (var server = options.connect(process)) {
            var tools = new ToolList(server.request(McpClient::tools), server.isWithoutCredential());
            var arguments = new ToolArguments(process).of(tools.named(tool), json, pairs);
            if (dryRun) {
                return report(server.request(client -> client.dryRun(tool, arguments, key)));
            }
            var result = server.request(
                    client -> key == null ? client.call(tool, arguments) : client.call(tool, arguments, key));
            CommandLines.lines(process.out(), output.json() ? JsonText.indented(result.result()) : text(result));
            return result.isError() ? ExitCode.TOOL_ERROR : ExitCode.OK;
        }
    }

    /** Prints the report of a dry run, or the refusal that the call would receive. */
    private int report(ToolCallResult result) {
        var report = result.dryRunReport().orElse(null);
        var shown = report == null ? result.result() : report;
        var text = report == null ? text(result) : DryRunText.of(report);
        CommandLines.lines(process.out(), output.json() ? JsonText.indented(shown) : text);
        return report == null ? ExitCode.TOOL_ERROR : ExitCode.OK;
    }

    private static String text(ToolCallResult result) {
        var out = new StringBuilder();
        result.content().forEach(content -> out.append(block(content)).append('\n'));
        return out.toString();
    }

    private static String block(Json content) {
        var text = content instanceof Json.Obj block ? block.text("text") : null;
        return text == null ? JsonText.indented(content) : Sanitizer.lines(text);
    }
}
