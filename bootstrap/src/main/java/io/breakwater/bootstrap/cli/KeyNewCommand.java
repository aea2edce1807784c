package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.apikey.KeyRights;
import io.breakwater.bootstrap.apikey.NewKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code breakwater key new}. */
@Command(
        name = "new",
        description = "Creates an API key, and prints it with the configuration for clients. It is shown only once.",
        footerHeading = "%n@|bold Examples|@%n",
        footer = {
            "  breakwater key new --name reports --role reader --expires 90d",
            "  breakwater key new --name ci --scope tools:call --client vscode",
            "  breakwater key new --name backup --output json"
        })
final class KeyNewCommand implements Callable<Integer> {
    private static final String FIRST_KEY =
            "Servers require a key from now on, except for those that are already running"
                    + " without authentication: restart them.";

    private final ProcessEnvironment process;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "The name of the caller, which no other key has. It appears in logs and in access rules.")
    private String name = "";

    @Option(names = "--role", split = ",", paramLabel = "ROLE", description = "A role; may be repeated.")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--scope", split = ",", paramLabel = "SCOPE", description = "A scope; may be repeated.")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--tenant", paramLabel = "TENANT", description = "The tenant; none by default.")
    private String tenant = "";

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Lifetime.class,
            description = "How long the key is valid, such as 90d; without end by default.")
    private @Nullable Duration lifetime;

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            converter = ClientConfigCommand.Clients.class,
            description = "A client to print the configuration for: ${COMPLETION-CANDIDATES}; may be repeated.")
    private List<ClientKind> clients = new ArrayList<>();

    @Mixin
    private KeyFileOption file = new KeyFileOption();

    @Mixin
    private OutputOption output = new OutputOption();

    KeyNewCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var keys = file.open(process);
        boolean first = keys.isWithoutKeys();
        var issued = keys.editor().create(new NewKey(name, rights(), lifetime));
        new KeyReport(process, keys, output.json()).print(issued, clients);
        if (first) {
            CommandLines.lines(process.err(), FIRST_KEY);
        }
        return ExitCode.OK;
    }

    private KeyRights rights() {
        try {
            KeyRights.checkName(name);
            return new KeyRights(roles, scopes, tenant);
        } catch (IllegalArgumentException invalid) {
            throw new NoSuchElementException("The key was not created: " + invalid.getMessage() + ".", invalid);
        }
    }

    /** Reads the time until a key expires. */
    static final class Lifetime extends DurationConverter {
        Lifetime() {
            super(Duration.ofSeconds(1), Duration.ofDays(3650));
        }
    }
}
