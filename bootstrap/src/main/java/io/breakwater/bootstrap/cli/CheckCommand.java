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

/** {@code breakwater check}: everything {@code serve} does, but for letting anybody in. */
@Command(
        name = "check",
        description = "Checks the configuration, puts the server together without serving, and prints what it would"
                + " offer.")
final class CheckCommand implements Callable<Integer> {
    private static final int METHOD_NOT_FOUND = -32601;

    private final ProcessEnvironment surroundings;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    CheckCommand(ProcessEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var loaded = configuration.load(surroundings);
        try (var server = ApplicationComponent.of(loaded).server();
                var asked = new InProcessServer(server.endpoint())) {
            var offer = offer(asked);
            CommandLines.lines(surroundings.out(), output.json() ? json(loaded, offer) : text(loaded, offer));
        }
        return ExitCode.OK;
    }

    private static Map<String, List<String>> offer(McpTarget server) {
        var offer = new LinkedHashMap<String, List<String>>();
        offer.put("tools", names(server, "tools/list", "tools", "name"));
        offer.put("resources", names(server, "resources/list", "resources", "uri"));
        offer.put("templates", names(server, "resources/templates/list", "resourceTemplates", "uriTemplate"));
        offer.put("prompts", names(server, "prompts/list", "prompts", "name"));
        return offer;
    }

    /** A server without any of a kind may not know how to list them. */
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

    private static String text(Configuration loaded, Map<String, List<String>> offer) {
        var http = loaded.settings().http();
        var table = new TextTable()
                .row("configuration", files(loaded))
                .row("environment", loaded.settings().environment())
                .row("http", http.host() + ":" + http.port() + http.path());
        offer.forEach((kind, names) -> table.row(kind, names.isEmpty() ? "none" : String.join(", ", names)));
        return table.text() + "Everything is in order.\n";
    }

    private static String json(Configuration loaded, Map<String, List<String>> offer) {
        var report = Json.object()
                .put(
                        "files",
                        Json.texts(loaded.files().stream().map(Object::toString).toList()))
                .put("environment", loaded.settings().environment());
        offer.forEach((kind, names) -> report.put(kind, Json.texts(names)));
        return JsonText.indented(report.build());
    }

    private static String files(Configuration loaded) {
        return loaded.files().isEmpty()
                ? "defaults only"
                : loaded.files().stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
