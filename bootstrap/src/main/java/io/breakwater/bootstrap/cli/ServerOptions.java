package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.client.InProcessServer;
import io.breakwater.bootstrap.client.McpTarget;
import io.breakwater.bootstrap.client.RemoteServer;
import io.breakwater.bootstrap.wiring.ApplicationComponent;
import io.breakwater.port.Json;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The server that a command uses: one at a URL, or the configured one, built in this process. */
final class ServerOptions {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The MCP endpoint of a running server, such as http://127.0.0.1:8080/mcp; by default, the"
                    + " command builds the configured server itself.")
    private @Nullable URI url;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    McpTarget server(ProcessEnvironment process) {
        if (url != null) {
            return new RemoteServer(url, TIMEOUT);
        }
        var server = ApplicationComponent.of(configuration.load(process)).server();
        var inProcess = new InProcessServer(server.endpoint());
        return new McpTarget() {
            @Override
            public Json.Obj ask(io.breakwater.bootstrap.client.ServerQuery question) {
                return inProcess.ask(question);
            }

            @Override
            public void close() {
                inProcess.close();
                server.close();
            }
        };
    }
}
