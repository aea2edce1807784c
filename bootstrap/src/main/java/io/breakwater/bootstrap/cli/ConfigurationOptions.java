package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How any command is told the configuration. */
final class ConfigurationOptions {
    /** What {@code --debug} says of the settings. */
    static final ConfigurationSources.Option DEBUG = new ConfigurationSources.Option("debug", "true", "--debug");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration file; ${DEFAULT-FILE:-breakwater.yaml} in this folder unless given.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "SETTING=VALUE",
            description = "Sets one setting, such as http.port=9000; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--debug", description = "Logs more, and shows the stack trace when something fails.")
    private boolean debug;

    /** The file, or null for the usual one. */
    @Nullable
    Path file() {
        return file;
    }

    /** The settings given here, and these; the last one of a path counts. */
    List<ConfigurationSources.Option> options(List<ConfigurationSources.Option> more) {
        var options = new ArrayList<ConfigurationSources.Option>();
        settings.forEach((path, value) -> options.add(new ConfigurationSources.Option(path, value, "--set " + path)));
        if (debug) {
            options.add(DEBUG);
        }
        options.addAll(more);
        return options;
    }

    /** The configuration, if nothing is wrong with it. */
    Configuration load(ProcessEnvironment surroundings) {
        return load(surroundings, file);
    }

    /** The same with another file. */
    Configuration load(ProcessEnvironment surroundings, @Nullable Path file) {
        return Configuration.load(
                new ConfigurationSources(file, surroundings.environment(), options(List.of()), surroundings.folder()));
    }
}
