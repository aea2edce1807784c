package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.client.InProcessServer;
import io.breakwater.bootstrap.client.McpTarget;
import io.breakwater.bootstrap.client.RemoteErrorException;
import io.breakwater.bootstrap.client.ToolList;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.bootstrap.wiring.ApplicationComponent;
import io.breakwater.port.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code breakwater check}: does everything that {@code serve} does except to start a transport. */
@Command(
        name = "check",
        description =
                "Checks the configuration, builds the server without starting it, and prints what it would" + " offer.")
final class CheckCommand implements Callable<Integer> {
    private static final int METHOD_NOT_FOUND = -32601;

    private final ProcessEnvironment process;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    CheckCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var loaded = configuration.load(process);
        try (var server = ApplicationComponent.of(loaded).server();
                var inProcess = new InProcessServer(server.endpoint())) {
            var catalog = catalog(inProcess);
            CommandLines.lines(process.out(), output.json() ? json(loaded, catalog) : text(loaded, catalog));
        }
        return ExitCode.OK;
    }

    private static Map<String, List<String>> catalog(McpTarget server) {
        var catalog = new LinkedHashMap<String, List<String>>();
        catalog.put("tools", names(server, "tools/list", "tools", "name"));
        catalog.put("resources", names(server, "resources/list", "resources", "uri"));
        catalog.put("templates", names(server, "resources/templates/list", "resourceTemplates", "uriTemplate"));
        catalog.put("prompts", names(server, "prompts/list", "prompts", "name"));
        return catalog;
    }

    /** Returns the names of all items; a server without such items may not know the list method. */
    private static List<String> names(McpTarget server, String method, String member, String name) {
        try {
            return ToolList.all(server, method, member).stream()
                    .map(item -> String.valueOf(item.text(name)))
                    .toList();
        } catch (RemoteErrorException error) {
            if (error.code() == METHOD_NOT_FOUND) {
                return List.of();
            }
            throw error;
        }
    }

    private static String text(Configuration loaded, Map<String, List<String>> catalog) {
        var http = loaded.settings().http();
        var table = new TextTable()
                .row("configuration", files(loaded))
                .row("environment", loaded.settings().environment())
                .row("http", http.host() + ":" + http.port() + http.path());
        catalog.forEach((kind, names) -> table.row(kind, names.isEmpty() ? "none" : String.join(", ", names)));
        return table.text() + "The configuration is valid.\n";
    }

    private static String json(Configuration loaded, Map<String, List<String>> catalog) {
        var report = Json.object()
                .put(
                        "files",
                        Json.texts(loaded.files().stream().map(Object::toString).toList()))
                .put("environment", loaded.settings().environment());
        catalog.forEach((kind, names) -> report.put(kind, Json.texts(names)));
        return JsonText.indented(report.build());
    }

    private static String files(Configuration loaded) {
        return loaded.files().isEmpty()
                ? "defaults only"
                : loaded.files().stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
