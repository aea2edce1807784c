package io.breakwater.bootstrap.config;

import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The effective configuration and its origins.
 *
 * <p>Each source overrides the ones before it: built-in defaults, the file, the profile file of the environment beside
 * it ({@code breakwater-production.yaml} beside {@code breakwater.yaml}), environment variables, the command line.
 * Groups are merged; values and lists are replaced.
 */
@OutageBehavior(
        guard = "configuration",
        dependency = GuardDependency.CONFIGURATION_FILE,
        failure = "not valid at the start",
        effect = OutageEffect.DENY,
        behavior = "The server does not start, and reports all errors with their lines.",
        recovery = "Correct the file and start the server again.",
        signal = "standard error; `breakwater config validate`",
        details = "command-line.md")
public final class Configuration {
    /** The file that is read from the current folder by default. */
    public static final String DEFAULT_FILE = "breakwater.yaml";

    private static final Set<String> OPERATORS_ONLY = Set.of("auth", "access", "audit", "services");

    private final BreakwaterSettings settings;
    private final ConfigurationBinder reading;
    private final List<Path> files;
    private final List<String> warnings;

    private Configuration(
            BreakwaterSettings settings, ConfigurationBinder reading, List<Path> files, List<String> warnings) {
        this.settings = settings;
        this.reading = reading;
        this.files = List.copyOf(files);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads all sources.
     *
     * @throws ConfigurationException with all errors
     */
    public static Configuration load(ConfigurationSources sources) {
        return new Loading(sources).result();
    }

    /** Returns the values, typed and checked. */
    public BreakwaterSettings settings() {
        return settings;
    }

    /** Returns every setting with its origin, by section. */
    public List<SectionReport> sections() {
        return reading.sections();
    }

    /**
     * Returns the name that messages use for a setting, as {@link SettingKeys#keyOf}; for the switch of the
     * authentication, what to do if this configuration switches it off.
     */
    public String nameOf(String component) {
        return component.equals(SettingKeys.AUTHENTICATOR)
                        && Boolean.FALSE.equals(settings.auth().enabled())
                ? "remove auth.enabled: false at " + origin("auth.enabled")
                : SettingKeys.keyOf(component);
    }

    private ValueOrigin origin(String path) {
        return sections().stream()
                .flatMap(section -> section.settings().stream())
                .filter(setting -> setting.path().equals(path))
                .map(EffectiveSetting::origin)
                .findFirst()
                .orElse(ValueOrigin.BUILT_IN);
    }

    /**
     * Returns the sections that callers may see. Authentication, access rules, the place of the record of calls and the
     * addresses of services are for operators only, who use {@code config show}.
     */
    public List<SectionReport> publicSections() {
        return sections().stream()
                .filter(section -> !OPERATORS_ONLY.contains(section.topName()))
                .toList();
    }

    /** Returns what is probably not intended, although the configuration is valid; one sentence or two each. */
    public List<String> warnings() {
        return warnings;
    }

    /** Returns the files that were read, the one with the lowest precedence first. */
    public List<Path> files() {
        return files;
    }

    /** Loads the sources once. */
    private static final class Loading {
        private final ConfigurationSources sources;
        private final List<ConfigurationError> errors = new ArrayList<>();
        private final List<Path> files = new ArrayList<>();

        Loading(ConfigurationSources sources) {
            this.sources = sources;
        }

        Configuration result() {
            var base = base();
            var written = base == null ? ConfigurationNode.Group.EMPTY : file(base);
            var environment = environment(written);
            var file = profileFile(base, environment);
            var profile = Files.exists(sources.folder().resolve(file)) ? file : null;
            var configuration = read(profile == null ? written : withProfile(profile, written), reading -> {
                if (profile == null) {
                    refuseMisspelt(environment, file, reading);
                }
            });
            if (!errors.isEmpty()) {
                throw new ConfigurationException(sortedErrors());
            }
            return configuration;
        }

        /** Merges a profile file, which must not change the environment that selected it. */
        private ConfigurationNode.Group withProfile(Path profile, ConfigurationNode.Group written) {
            var groups = file(profile);
            var own = groups.members().get(BreakwaterSettings.ENVIRONMENT.name());
            if (own != null) {
                errors.add(new ConfigurationError(
                        own.key(),
                        BreakwaterSettings.ENVIRONMENT.name(),
                        "a profile file cannot set it",
                        "remove it here"));
            }
            return groups.over(written);
        }

        private @Nullable Path base() {
            if (sources.file() != null) {
                return sources.file();
            }
            var named = sources.environment().getOrDefault(EnvironmentSource.CONFIG, "");
            if (!named.isEmpty()) {
                return Path.of(named);
            }
            var defaultFile = Path.of(DEFAULT_FILE);
            return Files.exists(sources.folder().resolve(defaultFile)) ? defaultFile : null;
        }

        private ConfigurationNode.Group file(Path file) {
            try {
                var groups = ConfigFile.load(file, sources.folder(), errors::add);
                files.add(file);
                return groups;
            } catch (UnreadableSourceException unreadable) {
                errors.add(unreadable.error());
                return ConfigurationNode.Group.EMPTY;
            }
        }

        /**
         * Returns the environment, which must be known before its profile can be read; the main pass reports the
         * errors.
         */
        private String environment(ConfigurationNode.Group written) {
            var firstPass = new ConfigurationBinder(
                    List.of(options(), new EnvironmentSource(sources.environment(), error -> {})), error -> {});
            return firstPass.root(written).get(BreakwaterSettings.ENVIRONMENT);
        }

        /** Refuses the name of an environment without a profile file if it resembles a usual name. */
        private static void refuseMisspelt(String environment, Path profile, ConfigurationBinder reading) {
            EnvironmentName.suggestion(environment)
                    .ifPresent(suggestion -> reading.refuse(
                            BreakwaterSettings.ENVIRONMENT.name(),
                            "there is no environment '" + environment + "'",
                            "did you mean " + suggestion + "? If not, create the file " + profile + " for it"));
        }

        private static Path profileFile(@Nullable Path base, String environment) {
            var file = (base == null ? Path.of(DEFAULT_FILE) : base);
            var name = file.getFileName().toString();
            int dot = name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.');
            return file.resolveSibling(name.substring(0, dot) + "-" + environment + name.substring(dot));
        }

        private Configuration read(ConfigurationNode.Group written, Consumer<ConfigurationBinder> check) {
            var options = options();
            var variables = new EnvironmentSource(sources.environment(), errors::add);
            var reading = new ConfigurationBinder(List.of(options, variables), errors::add);
            var settings = BreakwaterSettings.read(reading.root(written));
            check.accept(reading);
            reading.refuseUnknown();
            variables.refuseUnknown(reading.topSections());
            options.refuseUnknown(reading.paths(), errors::add);
            var warnings = Stream.of(
                            variables.warnings(),
                            DependentSettings.warnings(reading),
                            SettingsReview.warnings(settings, reading))
                    .flatMap(List::stream)
                    .toList();
            return new Configuration(settings, reading, files, warnings);
        }

        private CommandLineSource options() {
            return new CommandLineSource(sources.options());
        }

        /** Sorts the errors: files by line, then variables, then options. */
        private List<ConfigurationError> sortedErrors() {
            var order = Comparator.comparingInt((ConfigurationError error) -> rank(error.origin()))
                    .thenComparing(error -> name(error.origin()))
                    .thenComparingInt(error -> error.origin() instanceof ValueOrigin.File place ? place.line() : 0);
            return errors.stream().distinct().sorted(order).toList();
        }

        private static String name(ValueOrigin origin) {
            return origin instanceof ValueOrigin.File place ? place.name() : origin.toString();
        }

        private static int rank(ValueOrigin origin) {
            return switch (origin) {
                case ValueOrigin.BuiltIn builtIn -> 0;
                case ValueOrigin.File file -> 1;
                case ValueOrigin.Variable variable -> 2;
                case ValueOrigin.Option option -> 3;
            };
        }
    }
}
