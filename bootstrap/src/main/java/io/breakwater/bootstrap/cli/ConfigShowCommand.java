package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.EffectiveSetting;
import io.breakwater.bootstrap.config.SectionReport;
import io.breakwater.bootstrap.config.YamlWriter;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code breakwater config show}. */
@Command(
        name = "show",
        description = "Prints the effective value of every setting and where it is set. Secrets are masked.")
final class ConfigShowCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    ConfigShowCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var sections = configuration.load(process).sections();
        CommandLines.lines(
                process.out(), output.json() ? JsonText.indented(json(sections)) : YamlWriter.effective(sections));
        return ExitCode.OK;
    }

    private static Json json(List<SectionReport> sections) {
        var settings = Json.object();
        sections.stream()
                .flatMap(section -> section.settings().stream())
                .forEach(setting -> settings.put(setting.path(), json(setting)));
        return settings.build();
    }

    private static Json json(EffectiveSetting setting) {
        return Json.object()
                .put("value", setting.value() == null ? Json.Null.NULL : setting.value())
                .put("origin", setting.origin().toString())
                .build();
    }
}
