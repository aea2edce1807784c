package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code breakwater serve}. */
@Command(name = "serve", description = "Serves MCP over HTTP until it is told to stop.")
final class ServeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The port to listen on; 0 takes any free one. Short for --set http.port=PORT.")
    private @Nullable String port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen on. Short for --set http.host=ADDRESS.")
    private @Nullable String host;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new Serving(surroundings).run(request());
    }

    ServingRequest request() {
        return new ServingRequest(ServingRequest.Way.SERVE, configuration.file(), configuration.options(overrides()));
    }

    private List<Sources.Option> overrides() {
        var overrides = new ArrayList<Sources.Option>();
        if (port != null) {
            overrides.add(new Sources.Option("http.port", port, "--port"));
        }
        if (host != null) {
            overrides.add(new Sources.Option("http.host", host, "--host"));
        }
        return overrides;
    }
}
