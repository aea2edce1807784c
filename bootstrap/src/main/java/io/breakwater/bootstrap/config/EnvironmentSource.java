package io.breakwater.bootstrap.config;

import io.breakwater.port.support.NameSuggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings in environment variables. Each setting has a variable named after its path ({@code http.allowed-hosts}:
 * {@code BREAKWATER_HTTP_ALLOWED_HOSTS}), and some have older names too. With the suffix {@code _FILE}, a variable
 * names a file that contains the value, as for container secrets. An empty variable counts as not set.
 */
final class EnvironmentSource implements SettingSource {
    /** The variable that names the configuration file. */
    static final String CONFIG = "BREAKWATER_CONFIG";

    private static final String PREFIX = "BREAKWATER_";
    private static final String FILE = "_FILE";
    private static final String SERVICE_HOST = "_SERVICE_HOST";

    private final Map<String, String> environment;
    private final Consumer<ConfigurationError> errors;
    private final List<String> services;
    private final Map<String, String> pathOf = new HashMap<>();
    private final Set<String> secrets = new HashSet<>();

    EnvironmentSource(Map<String, String> environment, Consumer<ConfigurationError> errors) {
        this.environment = environment;
        this.errors = errors;
        this.services = services(environment.keySet());
    }

    /** Returns the variable for a path. */
    static String named(String path) {
        return PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Returns all variables for a setting; the first one has the highest precedence. */
    static List<String> names(String path, Setting<?> setting) {
        return Stream.concat(Stream.of(named(path)), setting.variables().stream())
                .toList();
    }

    @Override
    public @Nullable ConfigurationNode find(String path, Setting<?> setting) {
        ConfigurationNode found = null;
        for (var name : names(path, setting).reversed()) {
            pathOf.put(name, path);
            if (setting.kind().secret()) {
                secrets.add(name);
            }
            var value = value(name, path, setting.kind().secret());
            found = value == null ? found : value;
        }
        return found;
    }

    /** A variable has upper case and no dashes, so the names are in lower case, and have no underscores. */
    @Override
    public Set<String> names(String section, String setting) {
        var begin = named(section) + "_";
        var end = named("." + setting).substring(PREFIX.length());
        return new TreeSet<>(environment.keySet())
                .stream()
                        .filter(name -> name.startsWith(begin) && text(name) != null)
                        .map(name -> name.substring(begin.length()))
                        .flatMap(rest -> Stream.of(end, end + FILE).flatMap(ending -> named(rest, ending).stream()))
                        .map(ServiceSettingNames::serviceName)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns what precedes the ending; empty if it is another ending that ends like this one. */
    private static Optional<String> named(String rest, String ending) {
        if (!rest.endsWith(ending) || rest.length() == ending.length()) {
            return Optional.empty();
        }
        var name = rest.substring(0, rest.length() - ending.length());
        return ending.equals(FILE) && ServiceSettingNames.endsWithSetting(name) ? Optional.empty() : Optional.of(name);
    }

    private @Nullable ConfigurationNode value(String name, String path, boolean secret) {
        var text = text(name);
        var file = text(name + FILE);
        if (file == null) {
            return text == null ? null : new ConfigurationNode.Scalar(text, new ValueOrigin.Variable(name));
        }
        var origin = new ValueOrigin.Variable(name + FILE);
        if (text != null) {
            errors.accept(new ConfigurationError(origin, path, name + " is also set", "set only one of the two"));
            return null;
        }
        return content(file, path, origin, secret);
    }

    private @Nullable String text(String name) {
        var text = environment.get(name);
        return text == null || text.isEmpty() || linkedService(name) ? null : text;
    }

    private @Nullable ConfigurationNode content(String file, String path, ValueOrigin origin, boolean secret) {
        try {
            var content = ConfigFile.read(Path.of(file)).stripTrailing();
            if (secret && content.isEmpty()) {
                errors.accept(new ConfigurationError(
                        origin, path, "the file " + file + " has no content", "write the secret to it"));
                return null;
            }
            return new ConfigurationNode.Scalar(content, origin);
        } catch (IOException | IllegalArgumentException unreadable) {
            errors.accept(new ConfigurationError(
                    origin, path, "the file " + file + " cannot be read", ConfigFile.reason(unreadable)));
            return null;
        }
    }

    /**
     * Reports variables that are probably meant for a setting but match none: those that begin with a section, and
     * those that resemble the variable of a setting.
     */
    void refuseUnknown(Set<String> sections) {
        var prefixes = sections.stream().map(section -> named(section) + "_").collect(Collectors.toSet());
        new TreeSet<>(environment.keySet())
                .stream()
                        .filter(name -> name.startsWith(PREFIX) && !known(name) && !linkedService(name))
                        .forEach(name -> {
                            var suggestion = nearest(name);
                            if (suggestion != null || prefixes.stream().anyMatch(name::startsWith)) {
                                errors.accept(unknown(name, suggestion));
                            }
                        });
    }

    /**
     * Returns a warning for each variable that resembles one with an older name, such as {@code MCP_API_KEYS}, and for
     * each empty variable of a secret, which a failed command such as {@code $(openssl rand ...)} leaves. They are no
     * errors, because other programs have variables with such names too, and files for containers set empty ones.
     */
    List<String> warnings() {
        return new TreeSet<>(environment.keySet())
                .stream().flatMap(name -> warning(name).stream()).toList();
    }

    private Optional<String> warning(String name) {
        if (isEmptySecret(name)) {
            return Optional.of("The environment variable " + name + " is empty and has no effect. Set it to a value, or"
                    + " remove it.");
        }
        return name.startsWith(PREFIX) || known(name)
                ? Optional.empty()
                : UnusedVariable.warning(name, pathOf.keySet()).or(() -> ServiceSettingNames.unusedKey(name));
    }

    private boolean isEmptySecret(String name) {
        var setting = name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name;
        return environment.getOrDefault(name, "").isEmpty() && secrets.contains(setting);
    }

    private @Nullable String nearest(String name) {
        var suffixes = pathOf.keySet().stream()
                .filter(known -> known.startsWith(PREFIX))
                .map(known -> known.substring(PREFIX.length()))
                .toList();
        return NameSuggestion.to(name.substring(PREFIX.length()), suffixes)
                .map(suffix -> PREFIX + suffix)
                .orElse(null);
    }

    private ConfigurationError unknown(String name, @Nullable String suggestion) {
        return ServiceSettingNames.explain(name).orElseGet(() -> unknownSetting(name, suggestion));
    }

    private ConfigurationError unknownSetting(String name, @Nullable String suggestion) {
        var remedy = RenamedSettings.pathOfVariable(name)
                .map(today -> "it is now " + named(today) + " (" + today + ")")
                .orElseGet(() -> suggestion == null
                        ? "unset it"
                        : "did you mean " + suggestion + " (" + pathOf.get(suggestion) + ")?");
        return new ConfigurationError(
                new ValueOrigin.Variable(name), "", "there is no setting for this variable", remedy);
    }

    private boolean known(String name) {
        return name.equals(CONFIG)
                || pathOf.containsKey(name)
                || (name.endsWith(FILE) && pathOf.containsKey(name.substring(0, name.length() - FILE.length())))
                || environment.getOrDefault(name, "").isEmpty();
    }

    /**
     * Whether Kubernetes sets the variable for a service whose name begins with {@code breakwater}
     * ({@code BREAKWATER_HTTP_PORT} for a service {@code breakwater-http}); such variables are addresses, never
     * settings.
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
