package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.ConfigurationSources;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Understands the usual words of {@code serve} and {@code stdio} without picocli. These two are what clients and
 * orchestrators wait for, and picocli would be more than half of their start: its classes are of a version that the
 * JVM's start-up cache cannot hold. Whatever is not understood here goes there: help, mistakes, rarer spellings. A test
 * holds both to the same meaning.
 */
final class FastArguments {
    private static final Map<String, String> SHORT = Map.of("-c", "--config", "-p", "--port");

    private final Deque<String> words;
    private final LaunchRequest.Way way;
    private final List<ConfigurationSources.Option> settings = new ArrayList<>();
    private final List<ConfigurationSources.Option> own = new ArrayList<>();
    private @Nullable Path file;
    private boolean debug;

    private FastArguments(LaunchRequest.Way way, Deque<String> words) {
        this.way = way;
        this.words = words;
    }

    /** What the words ask for, or null when picocli has to read them. */
    static @Nullable LaunchRequest understood(String... words) {
        var way = way(words);
        return way == null
                ? null
                : new FastArguments(way, new ArrayDeque<>(Arrays.asList(words).subList(1, words.length))).request();
    }

    private static LaunchRequest.@Nullable Way way(String... words) {
        return switch (words.length == 0 ? "" : words[0]) {
            case "serve" -> LaunchRequest.Way.SERVE;
            case "stdio" -> LaunchRequest.Way.STDIO;
            default -> null;
        };
    }

    private @Nullable LaunchRequest request() {
        while (!words.isEmpty()) {
            if (!understood(words.removeFirst())) {
                return null;
            }
        }
        var options = new ArrayList<>(settings);
        if (debug) {
            options.add(ConfigurationOptions.DEBUG);
        }
        options.addAll(own);
        return new LaunchRequest(way, file, options);
    }

    private boolean understood(String word) {
        if (word.equals("--debug")) {
            boolean again = debug;
            debug = true;
            return !again;
        }
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        var name = equals < 0 ? SHORT.getOrDefault(word, word) : word.substring(0, equals);
        var value = equals < 0 ? words.pollFirst() : word.substring(equals + 1);
        return value != null && !value.isEmpty() && !value.startsWith("-") && understood(name, value);
    }

    private boolean understood(String name, String value) {
        return switch (name) {
            case "--config" -> file(value);
            case "--set" -> set(value);
            case "--port" -> way == LaunchRequest.Way.SERVE && own("http.port", value, "--port");
            case "--host" -> way == LaunchRequest.Way.SERVE && own("http.host", value, "--host");
            default -> false;
        };
    }

    private boolean file(String value) {
        boolean again = file != null;
        file = Path.of(value);
        return !again;
    }

    private boolean set(String value) {
        int equals = value.indexOf('=');
        if (equals < 1 || value.indexOf('"') >= 0) {
            return false;
        }
        var path = value.substring(0, equals);
        return add(settings, new ConfigurationSources.Option(path, value.substring(equals + 1), "--set " + path));
    }

    private boolean own(String path, String value, String spelling) {
        return add(own, new ConfigurationSources.Option(path, value, spelling));
    }

    /** An option that is given twice is left to picocli. */
    private static boolean add(List<ConfigurationSources.Option> options, ConfigurationSources.Option option) {
        boolean again = options.stream().anyMatch(other -> other.path().equals(option.path()));
        options.add(option);
        return !again;
    }
}
