package io.breakwater.bootstrap.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.wiring.ApplicationComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * The shipped server as it is configured, with {@link DataTools} beside its own:
 * {@code DataServer URL SETTING=VALUE...}, where the URL is what they use of a PostgreSQL without any guard.
 */
public final class DataServer {
    private DataServer() {}

    /** Serves until the process is told to stop. */
    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.ERROR);
        var words = List.of(arguments);
        var options = words.stream().skip(1).map(DataServer::option).toList();
        var wiring = ApplicationComponent.of(
                Configuration.load(new ConfigurationSources(null, Map.of(), options, Path.of(""))));
        new DataTools(new PlainDatabase(words.getFirst())).all().forEach(wiring.server()::add);
        wiring.server().serve(wiring.http());
    }

    private static ConfigurationSources.Option option(String word) {
        var parts = Arrays.asList(word.split("=", 2));
        return new ConfigurationSources.Option(parts.getFirst(), parts.getLast(), "--set " + parts.getFirst());
    }
}
