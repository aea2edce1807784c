package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.ConfigurationSources;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code breakwater serve}. */
@Command(name = "serve", description = "Serves MCP over HTTP until a signal stops it.")
final class ServeCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The port to listen on; 0 selects a free one. Short for --set http.port=PORT.")
    private @Nullable String port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen on. Short for --set http.host=ADDRESS.")
    private @Nullable String host;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    ServeCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new ServerLauncher(process).run(request());
    }

    LaunchRequest request() {
        return new LaunchRequest(LaunchRequest.Mode.SERVE, configuration.file(), configuration.options(overrides()));
    }

    private List<ConfigurationSources.Option> overrides() {
        var overrides = new ArrayList<ConfigurationSources.Option>();
        if (port != null) {
            overrides.add(new ConfigurationSources.Option("http.port", port, "--port"));
        }
        if (host != null) {
            overrides.add(new ConfigurationSources.Option("http.host", host, "--host"));
        }
        return overrides;
    }
}
