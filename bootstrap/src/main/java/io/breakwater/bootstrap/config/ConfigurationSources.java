package io.breakwater.bootstrap.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a configuration comes from, the weakest first: the defaults, a file, its profile, the environment, the command
 * line.
 *
 * @param file the file, or null to take what {@code BREAKWATER_CONFIG} names or {@code breakwater.yaml} if there is one
 * @param environment the environment variables
 * @param options settings given on the command line
 * @param folder where the server was started; relative paths begin here
 */
public record ConfigurationSources(
        @Nullable Path file, Map<String, String> environment, List<Option> options, Path folder) {

    /** Copies the collections. */
    public ConfigurationSources {
        environment = Map.copyOf(environment);
        options = List.copyOf(options);
    }

    /**
     * One setting on the command line.
     *
     * @param path of the setting, {@code http.port}
     * @param text its value
     * @param spelling the option as it was written, {@code --port}
     */
    public record Option(String path, String text, String spelling) {}

    /** Nothing but the defaults. */
    public static ConfigurationSources none() {
        return new ConfigurationSources(null, Map.of(), List.of(), Path.of(""));
    }
}
