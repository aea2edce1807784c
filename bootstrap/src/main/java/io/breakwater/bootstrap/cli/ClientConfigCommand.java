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
@Command(name = "client-config", description = "Prints what to paste into an MCP client so that it uses this server.")
final class ClientConfigCommand implements Callable<Integer> {
    private final ProcessEnvironment surroundings;

    @Parameters(paramLabel = "CLIENT", converter = Clients.class, description = "One of ${COMPLETION-CANDIDATES}.")
    private ClientKind client = ClientKind.CLAUDE_DESKTOP;

    @Option(names = "--http", description = "For a server that runs already, instead of one the client starts.")
    private boolean http;

    @Option(names = "--url", paramLabel = "URL", description = "Where that server is; implies --http.")
    private @Nullable URI url;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    ClientConfigCommand(ProcessEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var loaded = configuration.load(surroundings);
        var name = loaded.settings().server().name();
        var way = http || url != null
                ? ClientKind.Way.http(
                        url == null ? ServerEndpoints.mcp(loaded.settings().http()) : url)
                : ClientKind.Way.stdio(
                        LaunchCommand.command(),
                        loaded.files().stream()
                                .findFirst()
                                .map(Path::toAbsolutePath)
                                .orElse(null));
        if (surroundings.outTerminal().interactive()) {
            CommandLines.lines(surroundings.err(), "Paste this into " + client.place() + ":");
        }
        CommandLines.lines(surroundings.out(), JsonText.indented(client.document(name, way)));
        return ExitCode.OK;
    }

    /** Reads the name of a client. */
    static final class Clients extends EnumConverter<ClientKind> {
        Clients() {
            super(ClientKind.class);
        }
    }
}
