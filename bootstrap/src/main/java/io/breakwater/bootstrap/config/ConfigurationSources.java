package io.breakwater.bootstrap.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a configuration: the defaults, a file, its profile, the environment and the command line. Each
 * overrides the ones before it.
 *
 * @param file the file, or null for the one that {@code BREAKWATER_CONFIG} names or an existing {@code breakwater.yaml}
 * @param environment the environment variables
 * @param options the settings on the command line
 * @param folder the folder in which the server was started, for relative paths
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
     * @param path the path of the setting, such as {@code http.port}
     * @param text the value
     * @param spelling the option as the user wrote it, such as {@code --port}
     */
    public record Option(String path, String text, String spelling) {}

    /** Returns the defaults only. */
    public static ConfigurationSources none() {
        return new ConfigurationSources(null, Map.of(), List.of(), Path.of(""));
    }
}
