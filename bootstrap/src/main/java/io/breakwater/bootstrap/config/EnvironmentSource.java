package io.breakwater.bootstrap.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings given by environment variables. Each setting has a variable named after its path
 * ({@code http.allowed-hosts}: {@code BREAKWATER_HTTP_ALLOWED_HOSTS}) and some have older names too. Every one may end
 * in {@code _FILE} and then names a file that holds the value, as container secrets do. An empty variable counts as
 * not set.
 */
final class EnvironmentSource implements SettingSource {
    /** Names the configuration file. */
    static final String CONFIG = "BREAKWATER_CONFIG";

    private static final String PREFIX = "BREAKWATER_";
    private static final String FILE = "_FILE";
    private static final String SERVICE_HOST = "_SERVICE_HOST";

    private final Map<String, String> environment;
    private final Consumer<ConfigurationError> mistakes;
    private final List<String> services;
    private final Map<String, String> pathOf = new HashMap<>();

    EnvironmentSource(Map<String, String> environment, Consumer<ConfigurationError> mistakes) {
        this.environment = environment;
        this.mistakes = mistakes;
        this.services = services(environment.keySet());
    }

    /** The variable named after a path. */
    static String named(String path) {
        return PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** All variables that set it; the first one counts most. */
    static List<String> names(String path, Setting<?> setting) {
        return Stream.concat(Stream.of(named(path)), setting.variables().stream())
                .toList();
    }

    @Override
    public @Nullable ConfigurationNode find(String path, Setting<?> setting) {
        ConfigurationNode found = null;
        for (var name : names(path, setting).reversed()) {
            pathOf.put(name, path);
            var value = value(name, path);
            found = value == null ? found : value;
        }
        return found;
    }

    private @Nullable ConfigurationNode value(String name, String path) {
        var text = text(name);
        var file = text(name + FILE);
        if (file == null) {
            return text == null ? null : new ConfigurationNode.Scalar(text, new ValueOrigin.Variable(name));
        }
        var origin = new ValueOrigin.Variable(name + FILE);
        if (text != null) {
            mistakes.accept(new ConfigurationError(origin, path, name + " is set too", "set only one of the two"));
            return null;
        }
        return content(file, path, origin);
    }

    private @Nullable String text(String name) {
        var text = environment.get(name);
        return text == null || text.isEmpty() || linkedService(name) ? null : text;
    }

    private @Nullable ConfigurationNode content(String file, String path, ValueOrigin origin) {
        try {
            return new ConfigurationNode.Scalar(ConfigFile.read(Path.of(file)).stripTrailing(), origin);
        } catch (IOException | IllegalArgumentException unreadable) {
            mistakes.accept(new ConfigurationError(
                    origin, path, "the file " + file + " cannot be read", ConfigFile.reason(unreadable)));
            return null;
        }
    }

    /**
     * Reports variables that were meant for a setting and name none: those that begin like a section, and those that
     * are nearly the name of a setting.
     */
    void refuseUnknown(Set<String> sections) {
        var beginnings = sections.stream().map(section -> named(section) + "_").collect(Collectors.toSet());
        new TreeSet<>(environment.keySet())
                .stream()
                        .filter(name -> name.startsWith(PREFIX) && !known(name) && !linkedService(name))
                        .forEach(name -> {
                            var meant = nearest(name);
                            if (meant != null || beginnings.stream().anyMatch(name::startsWith)) {
                                mistakes.accept(unknown(name, meant));
                            }
                        });
    }

    private @Nullable String nearest(String name) {
        var rests = pathOf.keySet().stream()
                .filter(known -> known.startsWith(PREFIX))
                .map(known -> known.substring(PREFIX.length()))
                .toList();
        return NameSuggestion.to(name.substring(PREFIX.length()), rests)
                .map(rest -> PREFIX + rest)
                .orElse(null);
    }

    private ConfigurationError unknown(String name, @Nullable String meant) {
        var remedy = meant == null ? "unset it" : "did you mean " + meant + " (" + pathOf.get(meant) + ")?";
        return new ConfigurationError(new ValueOrigin.Variable(name), "", "no setting has this variable", remedy);
    }

    private boolean known(String name) {
        return name.equals(CONFIG)
                || pathOf.containsKey(name)
                || (name.endsWith(FILE) && pathOf.containsKey(name.substring(0, name.length() - FILE.length())))
                || environment.getOrDefault(name, "").isEmpty();
    }

    /**
     * True for the variables that Kubernetes sets for a service whose name begins with ours
     * ({@code BREAKWATER_HTTP_PORT} for a service {@code breakwater-http}); they are addresses, never settings.
     */
    private boolean linkedService(String name) {
        return services.stream()
                .anyMatch(service -> name.startsWith(service + "_SERVICE_")
                        || name.equals(service + "_PORT")
                        || name.startsWith(service + "_PORT_"));
    }

    private static List<String> services(Set<String> names) {
        return names.stream()
                .filter(name ->
                        name.startsWith(PREFIX.substring(0, PREFIX.length() - 1)) && name.endsWith(SERVICE_HOST))
                .map(name -> name.substring(0, name.length() - SERVICE_HOST.length()))
                .toList();
    }
}
