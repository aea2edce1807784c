package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.wiring.ApplicationComponent;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The server that a command uses: one at a URL, or the configured one, built in this process. */
final class ServerOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The MCP endpoint of a running server, such as http://127.0.0.1:8080/mcp; by default, the"
                    + " command builds the configured server itself.")
    private @Nullable URI url;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    ServerConnection connect(ProcessEnvironment process) {
        return url != null
                ? ServerConnection.to(url)
                : ServerConnection.to(
                        ApplicationComponent.of(configuration.load(process)).server());
    }
}
