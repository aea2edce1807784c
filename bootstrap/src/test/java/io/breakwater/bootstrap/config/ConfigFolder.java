package io.breakwater.bootstrap.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder a server is started in, with what its operator put there. */
final class ConfigFolder {
    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<ConfigurationSources.Option> options = new ArrayList<>();
    private @Nullable Path named;

    ConfigFolder(Path folder) {
        this.folder = folder;
    }

    ConfigFolder file(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
            return this;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    ConfigFolder variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    ConfigFolder option(String path, String value) {
        options.add(new ConfigurationSources.Option(path, value, "--set " + path));
        return this;
    }

    ConfigFolder named(String file) {
        named = Path.of(file);
        return this;
    }

    Configuration load() {
        return Configuration.load(new ConfigurationSources(named, environment, options, folder));
    }

    List<String> errors() {
        try {
            load();
            return List.of();
        } catch (ConfigurationException refused) {
            return refused.errors().stream().map(ConfigurationError::toString).toList();
        }
    }
}
