package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationError;
import io.breakwater.bootstrap.config.ConfigurationException;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code breakwater config validate}. */
@Command(name = "validate", description = "Checks the configuration and prints all its errors.")
final class ConfigValidateCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file to check, instead of the default one.")
    private @Nullable Path file;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    ConfigValidateCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        if (!output.json()) {
            var valid = load();
            CommandLines.lines(process.out(), validMessage(valid));
            CommandLines.warnings(process, valid.warnings());
            return ExitCode.OK;
        }
        try {
            load();
            print(List.of());
            return ExitCode.OK;
        } catch (ConfigurationException refused) {
            print(refused.errors());
            return ExitCode.USAGE;
        }
    }

    private Configuration load() {
        return file == null ? configuration.load(process) : configuration.load(process, file);
    }

    private void print(List<ConfigurationError> errors) {
        var report = Json.object()
                .put("valid", errors.isEmpty())
                .put("mistakes", ErrorListing.json(errors))
                .build();
        CommandLines.lines(process.out(), JsonText.indented(report));
    }

    private static String validMessage(Configuration configuration) {
        var files = configuration.files().stream().map(Path::toString).collect(Collectors.joining(", "));
        return "The configuration is valid (" + (files.isEmpty() ? "no file" : files) + ").";
    }
}
