package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.client.InProcess;
import io.breakwater.bootstrap.client.OverHttp;
import io.breakwater.bootstrap.client.Server;
import io.breakwater.bootstrap.wiring.Wiring;
import io.breakwater.port.Json;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server a command asks: one at a URL, or else the configured one, put together in this process. */
final class ServerOptions {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The MCP endpoint of a running server, such as http://127.0.0.1:8080/mcp; unless given, the"
                    + " configured server is put together here.")
    private @Nullable URI url;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    Server server(Surroundings surroundings) {
        if (url != null) {
            return new OverHttp(url, TIMEOUT);
        }
        var server = Wiring.of(configuration.load(surroundings)).server();
        var inProcess = new InProcess(server.endpoint());
        return new Server() {
            @Override
            public Json.Obj ask(io.breakwater.bootstrap.client.Question question) {
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
