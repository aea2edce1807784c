package io.breakwater.bootstrap.cli;

import io.breakwater.adapter.http.client.ConnectionFailures;
import io.breakwater.bootstrap.console.Sanitizer;
import java.io.IOException;
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

/** {@code breakwater health}: the health check for containers. */
@Command(
        name = "health",
        description = "Prints the health of a running server. Exit code 0 means that clients can use it.")
final class HealthCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The server to check, such as http://127.0.0.1:8080 or its MCP endpoint; the configured one by"
                            + " default.")
    private @Nullable URI url;

    @Option(names = "--ready", description = "Checks the readiness instead of the health.")
    private boolean ready;

    @Option(
            names = "--details",
            description = "Prints the whole health report, from the management listener of a server on this machine."
                    + " Needs the same configuration as the server, for the address and the key; --url then is the"
                    + " address of the management listener.")
    private boolean details;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "The maximum time to wait; ${DEFAULT-VALUE} seconds by default.")
    private int timeout;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    HealthCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var wait = Duration.ofSeconds(Math.max(1, timeout));
        var request = request().timeout(wait).build();
        var client = CommandTrust.client(
                request.uri(), () -> configuration.load(process).settings(), wait);
        try {
            return report(send(client, request));
        } finally {
            client.shutdownNow();
        }
    }

    private HttpRequest.Builder request() {
        return details
                ? ManagementRequest.of(configuration.load(process).settings().management(), url, "/health/details")
                : HttpRequest.newBuilder(endpoint());
    }

    static HttpResponse<byte[]> send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw UnreachableServerException.of(ConnectionFailures.exception(request.uri(), failed));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnreachableServerException("Interrupted while waiting for " + request.uri() + ".", stopped);
        }
    }

    private int report(HttpResponse<byte[]> response) {
        CommandLines.lines(process.out(), Sanitizer.lines(new String(response.body(), StandardCharsets.UTF_8).strip()));
        return response.statusCode() == 200 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private URI endpoint() {
        var endpoint = ready ? "/ready" : "/health";
        if (url != null) {
            return url.resolve(endpoint);
        }
        return ServerEndpoints.resource(configuration.load(process).settings().http(), endpoint);
    }
}
