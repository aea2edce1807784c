package io.breakwater.bootstrap.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force and how it came to be.
 *
 * <p>Sources are laid over each other, the weakest first: built-in defaults, the file, the profile file of the
 * environment beside it ({@code breakwater-production.yaml} beside {@code breakwater.yaml}), environment variables, the
 * command line. Groups merge; values and lists replace.
 */
public final class Configuration {
    /** The file that is read from the current folder when no other is named. */
    public static final String DEFAULT_FILE = "breakwater.yaml";

    private final BreakwaterSettings settings;
    private final ConfigurationBinder reading;
    private final List<Path> files;

    private Configuration(BreakwaterSettings settings, ConfigurationBinder reading, List<Path> files) {
        this.settings = settings;
        this.reading = reading;
        this.files = List.copyOf(files);
    }

    /**
     * Reads all sources.
     *
     * @throws ConfigurationException with everything that is wrong
     */
    public static Configuration load(ConfigurationSources sources) {
        return new Loading(sources).result();
    }

    /** The values, typed and checked. */
    public BreakwaterSettings settings() {
        return settings;
    }

    /** Every setting with its origin, section by section. */
    public List<SectionReport> chapters() {
        return reading.chapters();
    }

    /** The files that were read, the weakest first. */
    public List<Path> files() {
        return files;
    }

    /** One way through the sources. */
    private static final class Loading {
        private final ConfigurationSources sources;
        private final List<ConfigurationError> mistakes = new ArrayList<>();
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
            var configuration = read(profile == null ? written : profiled(profile, written), reading -> {
                if (profile == null) {
                    refuseMisspelt(environment, file, reading);
                }
            });
            if (!mistakes.isEmpty()) {
                throw new ConfigurationException(inOrder());
            }
            return configuration;
        }

        /** A profile is chosen by the environment, and cannot choose another one. */
        private ConfigurationNode.Group profiled(Path profile, ConfigurationNode.Group written) {
            var groups = file(profile);
            var own = groups.members().get(BreakwaterSettings.ENVIRONMENT.name());
            if (own != null) {
                mistakes.add(new ConfigurationError(
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
            var usual = Path.of(DEFAULT_FILE);
            return Files.exists(sources.folder().resolve(usual)) ? usual : null;
        }

        private ConfigurationNode.Group file(Path file) {
            try {
                var groups = ConfigFile.load(file, sources.folder(), mistakes::add);
                files.add(file);
                return groups;
            } catch (UnreadableSourceException unreadable) {
                mistakes.add(unreadable.error());
                return ConfigurationNode.Group.EMPTY;
            }
        }

        /**
         * Which environment this is must be known before its profile can be read; mistakes are found on the main way.
         */
        private String environment(ConfigurationNode.Group written) {
            var ahead = new ConfigurationBinder(
                    List.of(options(), new EnvironmentSource(sources.environment(), mistake -> {})), mistake -> {});
            return ahead.root(written).get(BreakwaterSettings.ENVIRONMENT);
        }

        /** An environment without a profile file may have any name but one that is nearly a usual one. */
        private static void refuseMisspelt(String environment, Path profile, ConfigurationBinder reading) {
            EnvironmentName.suggestion(environment)
                    .ifPresent(meant -> reading.refuse(
                            BreakwaterSettings.ENVIRONMENT.name(),
                            "no environment is called '" + environment + "'",
                            "did you mean " + meant + "? If not, write a file " + profile + " for it"));
        }

        private static Path profileFile(@Nullable Path base, String environment) {
            var file = (base == null ? Path.of(DEFAULT_FILE) : base);
            var name = file.getFileName().toString();
            int dot = name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.');
            return file.resolveSibling(name.substring(0, dot) + "-" + environment + name.substring(dot));
        }

        private Configuration read(ConfigurationNode.Group written, Consumer<ConfigurationBinder> check) {
            var options = options();
            var variables = new EnvironmentSource(sources.environment(), mistakes::add);
            var reading = new ConfigurationBinder(List.of(options, variables), mistakes::add);
            var settings = BreakwaterSettings.read(reading.root(written));
            check.accept(reading);
            reading.refuseUnknown();
            variables.refuseUnknown(reading.topSections());
            options.refuseUnknown(reading.paths(), mistakes::add);
            return new Configuration(settings, reading, files);
        }

        private CommandLineSource options() {
            return new CommandLineSource(sources.options());
        }

        /** By place: files line by line, then variables, then options. */
        private List<ConfigurationError> inOrder() {
            var order = Comparator.comparingInt((ConfigurationError mistake) -> rank(mistake.origin()))
                    .thenComparing(mistake -> name(mistake.origin()))
                    .thenComparingInt(mistake -> mistake.origin() instanceof ValueOrigin.File place ? place.line() : 0);
            return mistakes.stream().distinct().sorted(order).toList();
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
