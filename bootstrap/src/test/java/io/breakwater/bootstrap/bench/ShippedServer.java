package io.breakwater.bootstrap.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.wiring.ApplicationComponent;
import io.breakwater.server.mcp.Tool;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The shipped server as it is configured, with further tools beside its own. */
final class ShippedServer {
    private ShippedServer() {}

    /**
     * Serves until the process is told to stop.
     *
     * @param settings each as {@code SETTING=VALUE}
     */
    static void serve(List<String> settings, List<Tool> tools) {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.ERROR);
        var options = settings.stream().map(ShippedServer::option).toList();
        var wiring = ApplicationComponent.of(
                Configuration.load(new ConfigurationSources(null, Map.of(), options, Path.of(""))));
        tools.forEach(wiring.server()::add);
        wiring.server().serve(wiring.http());
    }

    private static ConfigurationSources.Option option(String word) {
        var parts = Arrays.asList(word.split("=", 2));
        return new ConfigurationSources.Option(parts.getFirst(), parts.getLast(), "--set " + parts.getFirst());
    }
}
