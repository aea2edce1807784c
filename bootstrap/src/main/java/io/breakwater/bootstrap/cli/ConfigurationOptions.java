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

/** The options of a command that select and change the configuration. */
final class ConfigurationOptions {
    /** The setting that {@code --debug} sets. */
    static final ConfigurationSources.Option DEBUG = new ConfigurationSources.Option("debug", "true", "--debug");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration file; ${DEFAULT-FILE:-breakwater.yaml} in the current folder by default.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "SETTING=VALUE",
            description = "Sets one setting, such as http.port=9000; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--debug", description = "Logs at level debug, and prints the stack trace of a failure.")
    private boolean debug;

    /** Returns the file, or null for the default one. */
    @Nullable
    Path file() {
        return file;
    }

    /** Returns the settings of these options, followed by further ones; the last setting of a path counts. */
    List<ConfigurationSources.Option> options(List<ConfigurationSources.Option> more) {
        var options = new ArrayList<ConfigurationSources.Option>();
        settings.forEach((path, value) -> options.add(new ConfigurationSources.Option(path, value, "--set " + path)));
        if (debug) {
            options.add(DEBUG);
        }
        options.addAll(more);
        return options;
    }

    /** Loads the configuration; it must be valid. */
    Configuration load(ProcessEnvironment process) {
        return load(process, file);
    }

    /** Loads the configuration with further settings; it must be valid. */
    Configuration load(ProcessEnvironment process, List<ConfigurationSources.Option> more) {
        return Configuration.load(
                new ConfigurationSources(file, process.environment(), options(more), process.folder()));
    }

    /** Loads the configuration from another file. */
    Configuration load(ProcessEnvironment process, @Nullable Path file) {
        return Configuration.load(
                new ConfigurationSources(file, process.environment(), options(List.of()), process.folder()));
    }
}
