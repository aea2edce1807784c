package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.audit.EntrySearch;
import io.breakwater.bootstrap.audit.EntrySearch.FoundEntry;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code breakwater audit prove}. */
@Command(
        name = "prove",
        description = "Prints a proof (C2SP tlog-proof) that the audit log contains the last entry of a call. It can be"
                + " checked with the entry and the verifier key, without the log.",
        footerHeading = "%n@|bold Examples|@%n",
        footer = {
            "  breakwater audit prove 4f1c09ab-1y2p0ij32e8e7 --entry-file entry.json > call.tlog-proof",
            "  breakwater audit prove 4f1c09ab-1y2p0ij32e8e7 --output json"
        })
final class AuditProveCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(paramLabel = "REQUEST_ID", description = "The request id of the call, from a log or an error.")
    private String requestId = "";

    @Option(
            names = "--entry-file",
            paramLabel = "FILE",
            description = "Writes the entry to this file, byte for byte as the log contains it.")
    private @Nullable Path entryFile;

    @Mixin
    private AuditLogOption log = new AuditLogOption();

    @Mixin
    private OutputOption output = new OutputOption();

    AuditProveCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var folder = log.open(process);
        var key = log.key(process, folder);
        try {
            var search = EntrySearch.in(folder, key);
            var entry = find(search);
            var proof = search.prove(entry).text();
            if (entryFile != null) {
                Files.write(process.folder().resolve(entryFile), entry.line());
            }
            CommandLines.lines(process.out(), output.json() ? json(entry, proof) : proof);
            return ExitCode.OK;
        } catch (IOException failed) {
            throw new PortException.RefusedException(
                    "The proof cannot be made from " + folder.root() + ": " + failed.getMessage() + ".", failed);
        }
    }

    private FoundEntry find(EntrySearch search) throws IOException {
        var found = search.find(requestId, new SearchProgress(process, search.size()));
        if (!found.isEmpty()) {
            return found.getLast();
        }
        throw new NoSuchElementException(
                search.isPending(requestId)
                        ? "No checkpoint signs the entries of the request " + requestId + " yet. Try again after the"
                                + " next checkpoint."
                        : "The audit log has no entry of the request " + requestId + ".");
    }

    private static String json(FoundEntry entry, String proof) {
        return JsonText.indented(Json.object()
                .put("index", Json.of(entry.index()))
                .put("entry", entry.text())
                .put("proof", proof)
                .build());
    }
}
