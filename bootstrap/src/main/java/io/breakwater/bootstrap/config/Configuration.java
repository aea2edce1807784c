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

    private final Settings settings;
    private final Reading reading;
    private final List<Path> files;

    private Configuration(Settings settings, Reading reading, List<Path> files) {
        this.settings = settings;
        this.reading = reading;
        this.files = List.copyOf(files);
    }

    /**
     * Reads all sources.
     *
     * @throws ConfigurationRefused with everything that is wrong
     */
    public static Configuration load(Sources sources) {
        return new Loading(sources).result();
    }

    /** The values, typed and checked. */
    public Settings settings() {
        return settings;
    }

    /** Every setting with its origin, section by section. */
    public List<Chapter> chapters() {
        return reading.chapters();
    }

    /** The files that were read, the weakest first. */
    public List<Path> files() {
        return files;
    }

    /** One way through the sources. */
    private static final class Loading {
        private final Sources sources;
        private final List<Mistake> mistakes = new ArrayList<>();
        private final List<Path> files = new ArrayList<>();

        Loading(Sources sources) {
            this.sources = sources;
        }

        Configuration result() {
            var base = base();
            var written = base == null ? Node.Group.EMPTY : file(base);
            var environment = environment(written);
            var file = profileFile(base, environment);
            var profile = Files.exists(sources.folder().resolve(file)) ? file : null;
            var configuration = read(profile == null ? written : profiled(profile, written), reading -> {
                if (profile == null) {
                    refuseMisspelt(environment, file, reading);
                }
            });
            if (!mistakes.isEmpty()) {
                throw new ConfigurationRefused(inOrder());
            }
            return configuration;
        }

        /** A profile is chosen by the environment, and cannot choose another one. */
        private Node.Group profiled(Path profile, Node.Group written) {
            var groups = file(profile);
            var own = groups.members().get(Settings.ENVIRONMENT.name());
            if (own != null) {
                mistakes.add(new Mistake(
                        own.key(), Settings.ENVIRONMENT.name(), "a profile file cannot set it", "remove it here"));
            }
            return groups.over(written);
        }

        private @Nullable Path base() {
            if (sources.file() != null) {
                return sources.file();
            }
            var named = sources.environment().getOrDefault(Variables.CONFIG, "");
            if (!named.isEmpty()) {
                return Path.of(named);
            }
            var usual = Path.of(DEFAULT_FILE);
            return Files.exists(sources.folder().resolve(usual)) ? usual : null;
        }

        private Node.Group file(Path file) {
            try {
                var groups = ConfigFile.load(file, sources.folder(), mistakes::add);
                files.add(file);
                return groups;
            } catch (Unreadable unreadable) {
                mistakes.add(unreadable.mistake());
                return Node.Group.EMPTY;
            }
        }

        /** Which environment this is must be known before its profile can be read; mistakes are found on the main way. */
        private String environment(Node.Group written) {
            var ahead =
                    new Reading(List.of(options(), new Variables(sources.environment(), mistake -> {})), mistake -> {});
            return ahead.root(written).get(Settings.ENVIRONMENT);
        }

        /** An environment without a profile file may have any name but one that is nearly a usual one. */
        private static void refuseMisspelt(String environment, Path profile, Reading reading) {
            EnvironmentName.misspelt(environment)
                    .ifPresent(meant -> reading.refuse(
                            Settings.ENVIRONMENT.name(),
                            "no environment is called '" + environment + "'",
                            "did you mean " + meant + "? If not, write a file " + profile + " for it"));
        }

        private static Path profileFile(@Nullable Path base, String environment) {
            var file = (base == null ? Path.of(DEFAULT_FILE) : base);
            var name = file.getFileName().toString();
            int dot = name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.');
            return file.resolveSibling(name.substring(0, dot) + "-" + environment + name.substring(dot));
        }

        private Configuration read(Node.Group written, Consumer<Reading> check) {
            var options = options();
            var variables = new Variables(sources.environment(), mistakes::add);
            var reading = new Reading(List.of(options, variables), mistakes::add);
            var settings = Settings.read(reading.root(written));
            check.accept(reading);
            reading.refuseUnknown();
            variables.refuseUnknown(reading.topSections());
            options.refuseUnknown(reading.paths(), mistakes::add);
            return new Configuration(settings, reading, files);
        }

        private Options options() {
            return new Options(sources.options());
        }

        /** By place: files line by line, then variables, then options. */
        private List<Mistake> inOrder() {
            var order = Comparator.comparingInt((Mistake mistake) -> rank(mistake.origin()))
                    .thenComparing(mistake -> name(mistake.origin()))
                    .thenComparingInt(mistake -> mistake.origin() instanceof Origin.File place ? place.line() : 0);
            return mistakes.stream().distinct().sorted(order).toList();
        }

        private static String name(Origin origin) {
            return origin instanceof Origin.File place ? place.name() : origin.toString();
        }

        private static int rank(Origin origin) {
            return switch (origin) {
                case Origin.BuiltIn builtIn -> 0;
                case Origin.File file -> 1;
                case Origin.Variable variable -> 2;
                case Origin.Option option -> 3;
            };
        }
    }
}
