package io.breakwater.bootstrap.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code breakwater key rotate}. */
@Command(
        name = "rotate",
        description = "Gives an API key a new secret, and prints it. The present secret stays valid for a while.")
final class KeyRotateCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(
            paramLabel = "ID",
            description = "The id of the key, which is the part between bw_ and the full stop, or its name.")
    private String id = "";

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            converter = Overlap.class,
            defaultValue = "24h",
            description = "How long the present secret stays valid; 0s ends it at once; ${DEFAULT-VALUE} by default.")
    private Duration overlap = Duration.ofHours(24);

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

    KeyRotateCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var keys = file.open(process);
        var issued = keys.editor().rotate(id, overlap);
        new KeyReport(process, keys, output.json()).print(issued, clients);
        return ExitCode.OK;
    }

    /** Reads the time for which both secrets are valid. */
    static final class Overlap extends DurationConverter {
        Overlap() {
            super(Duration.ZERO, Duration.ofDays(90));
        }
    }
}
