package io.breakwater.bootstrap.config;

import io.breakwater.port.support.NameSuggestion;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The names of the settings that each service has. Since services have any names, a variable or an option can be for a
 * service that does not exist; this class recognizes those.
 */
final class ServiceSettingNames {
    private static final String SECTION = "services";
    private static final String VARIABLE = EnvironmentSource.named(SECTION) + "_";
    private static final String FILE = "_FILE";

    private ServiceSettingNames() {}

    /** The settings, such as {@code oauth2.url}, by the ends of their variables; created when they are first needed. */
    private static final class Known {
        static final Map<String, String> BY_VARIABLE = byVariable();

        private static Map<String, String> byVariable() {
            var binder = new ConfigurationBinder(List.of(), error -> {});
            var section = SECTION + ".a";
            ServiceSection.read("a", binder.section(section, "", null), () -> {});
            return binder.paths().stream()
                    .map(path -> path.substring(section.length() + 1))
                    .collect(Collectors.toMap(
                            ServiceSettingNames::ending, path -> path, (one, same) -> one, TreeMap::new));
        }
    }

    private static String ending(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /**
     * Whether the rest of a variable before {@code _FILE} ends with the name of a setting. Then the variable names a file
     * with the value of this setting; otherwise it is the setting {@code file}.
     */
    static boolean endsWithSetting(String rest) {
        return Known.BY_VARIABLE.keySet().stream().anyMatch(ending -> rest.endsWith("_" + ending));
    }

    /** Returns the error of a variable that is no setting of a service; empty if it is not meant for one. */
    static Optional<ConfigurationError> explain(String variable) {
        if (!variable.startsWith(VARIABLE)) {
            return Optional.empty();
        }
        var rest = variable.substring(VARIABLE.length());
        return withoutService(variable, rest).or(() -> misspelt(variable, rest));
    }

    /** The longest name of a setting counts, because the name of a service may look like a part of one. */
    private static Optional<ConfigurationError> withoutService(String variable, String rest) {
        var value = rest.endsWith(FILE) ? rest.substring(0, rest.length() - FILE.length()) : rest;
        return Known.BY_VARIABLE.keySet().stream()
                .filter(ending -> value.endsWith("_" + ending))
                .max(Comparator.comparingInt(String::length))
                .map(ending -> value.substring(0, value.length() - ending.length() - 1))
                .filter(name -> !name.isEmpty())
                .map(name -> error(
                        variable,
                        "there is no service '" + serviceName(name) + "'",
                        "add " + VARIABLE + name + "_URLS, or unset it"));
    }

    /** Takes the shortest end of the variable that resembles a setting. */
    private static Optional<ConfigurationError> misspelt(String variable, String rest) {
        for (int i = rest.lastIndexOf('_'); i > 0; i = rest.lastIndexOf('_', i - 1)) {
            var name = rest.substring(0, i);
            var suggestion = NameSuggestion.to(rest.substring(i + 1), Known.BY_VARIABLE.keySet());
            if (suggestion.isPresent()) {
                return suggestion.map(ending -> error(
                        variable,
                        "there is no setting for this variable",
                        "did you mean " + VARIABLE + name + "_" + ending + "?"));
            }
        }
        return Optional.empty();
    }

    private static ConfigurationError error(String variable, String what, String remedy) {
        return new ConfigurationError(new ValueOrigin.Variable(variable), "", what, remedy);
    }

    /** Returns a remedy for the path of an option that is no setting; empty if it is not meant for a service. */
    static Optional<String> remedy(String path) {
        var parts = path.split("\\.", 3);
        if (parts.length < 3) {
            return Optional.empty();
        }
        var prefix = SECTION + "." + parts[1] + ".";
        var settings = Set.copyOf(Known.BY_VARIABLE.values());
        if (!parts[0].equals(SECTION)) {
            return NameSuggestion.to(parts[0], Set.of(SECTION))
                    .filter(similar -> settings.contains(parts[2]))
                    .map(similar -> "did you mean " + prefix + parts[2] + "?");
        }
        return settings.contains(parts[2])
                ? Optional.of("there is no service '" + parts[1] + "'; add " + prefix + "urls")
                : NameSuggestion.to(parts[2], settings).map(similar -> "did you mean " + prefix + similar + "?");
    }

    /** Returns a warning for a variable with an API key of a service that does not exist; empty if it is for none. */
    static Optional<String> unusedKey(String variable) {
        var prefix = ServiceCredentialsSection.variable("");
        var setting = variable.endsWith(FILE) ? variable.substring(0, variable.length() - FILE.length()) : variable;
        var name = setting.startsWith(prefix) ? setting.substring(prefix.length()) : "";
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of("The environment variable " + variable + " has no effect, because there is no service '"
                        + serviceName(name) + "'. If it is for one, add " + VARIABLE + name + "_URLS.");
    }

    /** Returns the name of a service that is named by a variable only. */
    static String serviceName(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
