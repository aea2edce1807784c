package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.JsonText;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code breakwater client-config}. */
@Command(name = "client-config", description = "Prints the configuration with which an MCP client uses this server.")
final class ClientConfigCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(paramLabel = "CLIENT", converter = Clients.class, description = "One of ${COMPLETION-CANDIDATES}.")
    private ClientKind client = ClientKind.CLAUDE_DESKTOP;

    @Option(
            names = "--http",
            description = "Prints the configuration for a running server, instead of one that the client starts.")
    private boolean http;

    @Option(names = "--url", paramLabel = "URL", description = "The URL of the running server; implies --http.")
    private @Nullable URI url;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    ClientConfigCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var loaded = configuration.load(process);
        var name = loaded.settings().server().name();
        var launch = http || url != null
                ? ClientKind.Access.http(url == null ? ServerEndpoints.client(loaded.settings()) : url)
                : ClientKind.Access.stdio(
                        LaunchCommand.command(),
                        loaded.files().stream()
                                .findFirst()
                                .map(Path::toAbsolutePath)
                                .orElse(null));
        if (process.outTerminal().interactive()) {
            CommandLines.lines(process.err(), "Paste this into " + client.place() + ":");
        }
        CommandLines.lines(process.out(), JsonText.indented(client.document(name, launch)));
        return ExitCode.OK;
    }

    /** Reads the name of a client. */
    static final class Clients extends EnumConverter<ClientKind> {
        Clients() {
            super(ClientKind.class);
        }
    }
}
