package io.breakwater.bootstrap.cli;

import io.breakwater.adapter.http.outbound.TrustedAuthorities;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.SettingKeys;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.bootstrap.management.ManagementRun;
import io.breakwater.bootstrap.wiring.ApplicationComponent;
import io.breakwater.bootstrap.wiring.CallerReport;
import io.breakwater.bootstrap.wiring.ToolLimitsReview;
import io.breakwater.port.Json;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.Breakwater;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code breakwater check}: does everything that {@code serve} does except to start a transport. */
@Command(
        name = "check",
        description =
                "Checks the configuration, builds the server without starting it, and prints what it would offer.")
final class CheckCommand implements Callable<Integer> {
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
        var application = ApplicationComponent.withoutCalls(loaded);
        try (var server = application.server()) {
            check(application, loaded.settings(), server);
            var catalog = catalog(server);
            var callers = application.callers();
            var warnings = warnings(loaded, callers, server);
            var report = output.json() ? json(loaded, catalog, callers, warnings) : text(loaded, catalog, callers);
            CommandLines.lines(process.out(), report);
            CommandLines.warnings(process, warnings);
        }
        return ExitCode.OK;
    }

    /** Refuses what a start would refuse, and files that the commands could not use. */
    private static void check(ApplicationComponent application, BreakwaterSettings settings, Breakwater server) {
        application.http().check(server.host());
        ManagementRun.check(settings.management(), LaunchRequest.Mode.SERVE.hasManagement(), server);
        var store = settings.outbound().trustStore();
        if (store != null) {
            TrustedAuthorities.read(store, SettingKeys::keyOf);
        }
    }

    private static List<String> warnings(Configuration loaded, CallerReport callers, Breakwater server) {
        var rules = server.reviewAccessRules(loaded.settings().access());
        var limits = ToolLimitsReview.warnings(loaded.settings(), server.names(TargetKind.TOOL));
        return Stream.of(loaded.warnings(), callers.warnings(), limits, rules)
                .flatMap(List::stream)
                .toList();
    }

    /** Returns the names of all items, also of those that no caller may use. */
    private static Map<String, List<String>> catalog(Breakwater server) {
        var catalog = new LinkedHashMap<String, List<String>>();
        catalog.put("tools", List.copyOf(server.names(TargetKind.TOOL)));
        catalog.put("resources", List.copyOf(server.names(TargetKind.RESOURCE)));
        catalog.put("templates", List.copyOf(server.names(TargetKind.RESOURCE_TEMPLATE)));
        catalog.put("prompts", List.copyOf(server.names(TargetKind.PROMPT)));
        return catalog;
    }

    private static String text(Configuration loaded, Map<String, List<String>> catalog, CallerReport callers) {
        var http = loaded.settings().http();
        var table = new TextTable()
                .row("configuration", files(loaded))
                .row("environment", loaded.settings().environment())
                .row("http", http.host() + ":" + http.port() + http.path());
        catalog.forEach((kind, names) -> table.row(kind, names.isEmpty() ? "none" : String.join(", ", names)));
        return table.text() + callers.sentence() + "\nThe configuration is valid.\n";
    }

    private static String json(
            Configuration loaded, Map<String, List<String>> catalog, CallerReport callers, List<String> warnings) {
        var report = Json.object()
                .put(
                        "files",
                        Json.texts(loaded.files().stream().map(Object::toString).toList()))
                .put("environment", loaded.settings().environment());
        catalog.forEach((kind, names) -> report.put(kind, Json.texts(names)));
        report.put("callers", callers.sentence()).put("warnings", Json.texts(warnings));
        return JsonText.indented(report.build());
    }

    private static String files(Configuration loaded) {
        return loaded.files().isEmpty()
                ? "defaults only"
                : loaded.files().stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
