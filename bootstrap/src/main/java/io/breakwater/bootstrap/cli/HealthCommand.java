package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.client.HttpRequests;
import io.breakwater.bootstrap.console.Sanitizer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code breakwater health}: what a container's health check runs. */
@Command(name = "health", description = "Asks a running server how it is; exit code 0 says that it can be used.")
final class HealthCommand implements Callable<Integer> {
    private final ProcessEnvironment surroundings;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The server to ask, such as http://127.0.0.1:8080 or its MCP endpoint; the configured one unless"
                            + " given.")
    private @Nullable URI url;

    @Option(names = "--ready", description = "Asks whether the server is ready for clients instead.")
    private boolean ready;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long to wait; ${DEFAULT-VALUE} seconds unless given.")
    private int timeout;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    HealthCommand(ProcessEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var wait = Duration.ofSeconds(Math.max(1, timeout));
        var client = HttpClient.newBuilder().connectTimeout(wait).build();
        try {
            return told(HttpRequests.send(
                    client, HttpRequest.newBuilder(page()).timeout(wait).build()));
        } finally {
            client.shutdownNow();
        }
    }

    private int told(HttpResponse<byte[]> response) {
        CommandLines.lines(
                surroundings.out(), Sanitizer.lines(new String(response.body(), StandardCharsets.UTF_8).strip()));
        return response.statusCode() == 200 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private URI page() {
        var page = ready ? "/ready" : "/health";
        if (url != null) {
            return url.resolve(page);
        }
        return ServerEndpoints.page(configuration.load(surroundings).settings().http(), page);
    }
}
