package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.audit.EntrySearch;
import io.breakwater.bootstrap.audit.Finding;
import io.breakwater.bootstrap.audit.LogFolder;
import io.breakwater.bootstrap.audit.LogVerification;
import io.breakwater.bootstrap.audit.VerificationReport;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.bootstrap.console.Sanitizer;
import io.breakwater.bootstrap.tlog.InvalidNoteException;
import io.breakwater.bootstrap.tlog.NoteVerifier;
import io.breakwater.bootstrap.tlog.SignedNote;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code breakwater audit verify}. */
@Command(
        name = "verify",
        description = "Verifies that no entry of the audit log was changed, removed or added. With checkpoints"
                + " that were stored elsewhere, also that the log was not rewritten as a whole or cut at its end. Fails if"
                + " the log was changed.",
        footerHeading = "%n@|bold Examples|@%n",
        footer = {
            "  breakwater audit verify",
            "  breakwater audit verify --against checkpoint-of-monday --key @verifier-key",
            "  breakwater audit verify --against store",
            "  breakwater audit verify --folder /backup/audit --output json"
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Mixin
    private AuditLogOption log = new AuditLogOption();

    @Mixin
    private OtherCheckpointsOption others = new OtherCheckpointsOption();

    @Mixin
    private OutputOption output = new OutputOption();

    AuditVerifyCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var folder = log.open(process);
        var key = log.key(process, folder);
        List<SignedNote> copies;
        try { // before the log is read, which may grow meanwhile
            copies = others.read(process, key.name(), () -> log.settings(process));
        } catch (UnreachableServerException unreachable) {
            return verifyWithoutCopies(folder, key, unreachable);
        }
        return print(verify(folder, key, copies));
    }

    /** What this machine has can be verified in an outage of the store too; a change that it shows is the result. */
    private int verifyWithoutCopies(LogFolder folder, NoteVerifier key, UnreachableServerException unreachable) {
        int code = print(verify(folder, key, List.of()));
        if (code == ExitCode.OK) {
            throw new UnreachableServerException(
                    unreachable.getMessage() + " The log was not compared with copies of its checkpoints.",
                    unreachable);
        }
        return code;
    }

    private int print(VerificationReport report) {
        CommandLines.lines(process.out(), output.json() ? json(report) : text(report));
        return report.isValid() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private VerificationReport verify(LogFolder folder, NoteVerifier key, List<SignedNote> copies) {
        try {
            return LogVerification.verify(folder, key, copies, new SearchProgress(process, size(folder, key)));
        } catch (InvalidNoteException invalid) {
            throw others.invalid(invalid);
        } catch (IOException unreadable) {
            throw new PortException.RefusedException(
                    "The audit log in " + folder.root() + " cannot be read: " + unreadable + ".", unreadable);
        }
    }

    /** Returns 0 if the checkpoint is not valid, which the verification reports. */
    private static long size(LogFolder folder, NoteVerifier key) {
        try {
            return EntrySearch.in(folder, key).size();
        } catch (IOException invalid) {
            return 0;
        }
    }

    private static String text(VerificationReport report) {
        var text = new StringBuilder();
        for (var finding : report.findings()) {
            text.append(Sanitizer.line(finding.file() + ": " + finding.message()))
                    .append('\n');
        }
        var entries = report.entries() + (report.entries() == 1 ? " entry" : " entries");
        text.append(
                report.isValid()
                        ? "The audit log " + report.name() + " is unchanged: " + entries + "."
                        : "The audit log " + report.name() + " was changed.");
        if (report.confirmed() > 0) {
            text.append(" Checkpoints from elsewhere confirm the first ")
                    .append(report.confirmed())
                    .append(".");
        }
        if (report.pending() > 0) {
            text.append(" No checkpoint signs the last ")
                    .append(report.pending())
                    .append(" yet, so they were not verified.");
        }
        return text.toString();
    }

    private static String json(VerificationReport report) {
        return JsonText.indented(Json.object()
                .put("log", report.name())
                .put("valid", Json.of(report.isValid()))
                .put("entries", Json.of(report.entries()))
                .put("pending", Json.of(report.pending()))
                .put("confirmed", Json.of(report.confirmed()))
                .put("root", report.root())
                .put(
                        "findings",
                        new Json.Arr(report.findings().stream()
                                .map(AuditVerifyCommand::json)
                                .toList()))
                .build());
    }

    private static Json json(Finding finding) {
        return Json.object()
                .put("file", finding.file())
                .putIfPresent("entry", finding.entry() == null ? null : Json.of(finding.entry()))
                .put("message", finding.message())
                .build();
    }
}
