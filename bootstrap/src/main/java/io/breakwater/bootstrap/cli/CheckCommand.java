package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.bootstrap.wiring.ApplicationComponent;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.server.client.McpClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code breakwater check}: does everything that {@code serve} does except to start a transport. */
@Command(
        name = "check",
        description =
                "Checks the configuration, builds the server without starting it, and prints what it would offer.")
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
        try (var server = ServerConnection.to(ApplicationComponent.of(loaded).server())) {
            var catalog = server.request(CheckCommand::catalog);
            CommandLines.lines(process.out(), output.json() ? json(loaded, catalog) : text(loaded, catalog));
        }
        return ExitCode.OK;
    }

    private static Map<String, List<String>> catalog(McpClient server) {
        var catalog = new LinkedHashMap<String, List<String>>();
        catalog.put("tools", names(server::tools, "name"));
        catalog.put("resources", names(server::resources, "uri"));
        catalog.put("templates", names(server::resourceTemplates, "uriTemplate"));
        catalog.put("prompts", names(server::prompts, "name"));
        return catalog;
    }

    /** Returns the names of all items; a server without such items may not know the list method. */
    private static List<String> names(Supplier<List<Json.Obj>> list, String name) {
        try {
            return list.get().stream()
                    .map(item -> String.valueOf(item.text(name)))
                    .toList();
        } catch (PortException.ProtocolErrorException error) {
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
