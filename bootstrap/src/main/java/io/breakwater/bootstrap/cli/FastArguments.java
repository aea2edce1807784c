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
 * Parses the common arguments of {@code serve} and {@code stdio} without picocli. Clients and orchestrators wait for
 * these two commands, and picocli would take more than half of their start, because the JVM's start-up cache cannot
 * store classes of its class file version. All other arguments go to picocli: help, errors and rare spellings. A test
 * checks that both parse alike.
 */
final class FastArguments {
    private static final Map<String, String> SHORT = Map.of("-c", "--config", "-p", "--port");

    private final Deque<String> words;
    private final LaunchRequest.Mode mode;
    private final List<ConfigurationSources.Option> settings = new ArrayList<>();
    private final List<ConfigurationSources.Option> shortOptions = new ArrayList<>();
    private @Nullable Path file;
    private boolean debug;

    private FastArguments(LaunchRequest.Mode mode, Deque<String> words) {
        this.mode = mode;
        this.words = words;
    }

    /** Returns the request that the arguments make, or null when picocli has to parse them. */
    static @Nullable LaunchRequest parse(String... words) {
        var mode = mode(words);
        return mode == null
                ? null
                : new FastArguments(mode, new ArrayDeque<>(Arrays.asList(words).subList(1, words.length))).request();
    }

    private static LaunchRequest.@Nullable Mode mode(String... words) {
        return switch (words.length == 0 ? "" : words[0]) {
            case "serve" -> LaunchRequest.Mode.SERVE;
            case "stdio" -> LaunchRequest.Mode.STDIO;
            default -> null;
        };
    }

    private @Nullable LaunchRequest request() {
        while (!words.isEmpty()) {
            if (!parse(words.removeFirst())) {
                return null;
            }
        }
        var options = new ArrayList<>(settings);
        if (debug) {
            options.add(ConfigurationOptions.DEBUG);
        }
        options.addAll(shortOptions);
        return new LaunchRequest(mode, file, options);
    }

    private boolean parse(String word) {
        if (word.equals("--debug")) {
            boolean repeated = debug;
            debug = true;
            return !repeated;
        }
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        var name = equals < 0 ? SHORT.getOrDefault(word, word) : word.substring(0, equals);
        var value = equals < 0 ? words.pollFirst() : word.substring(equals + 1);
        return value != null && !value.isEmpty() && !value.startsWith("-") && parse(name, value);
    }

    private boolean parse(String name, String value) {
        return switch (name) {
            case "--config" -> file(value);
            case "--set" -> set(value);
            case "--port" -> mode == LaunchRequest.Mode.SERVE && shortOptions("http.port", value, "--port");
            case "--host" -> mode == LaunchRequest.Mode.SERVE && shortOptions("http.host", value, "--host");
            default -> false;
        };
    }

    private boolean file(String value) {
        boolean repeated = file != null;
        file = Path.of(value);
        return !repeated;
    }

    private boolean set(String value) {
        int equals = value.indexOf('=');
        if (equals < 1 || value.indexOf('"') >= 0) {
            return false;
        }
        var path = value.substring(0, equals);
        return add(settings, new ConfigurationSources.Option(path, value.substring(equals + 1), "--set " + path));
    }

    private boolean shortOptions(String path, String value, String spelling) {
        return add(shortOptions, new ConfigurationSources.Option(path, value, spelling));
    }

    /** Adds an option; returns false for one that is given twice, which picocli handles. */
    private static boolean add(List<ConfigurationSources.Option> options, ConfigurationSources.Option option) {
        boolean repeated = options.stream().anyMatch(other -> other.path().equals(option.path()));
        options.add(option);
        return !repeated;
    }
}
