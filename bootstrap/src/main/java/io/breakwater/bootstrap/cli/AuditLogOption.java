package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.audit.LogFile;
import io.breakwater.bootstrap.audit.LogFolder;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.tlog.InvalidNoteException;
import io.breakwater.bootstrap.tlog.NoteVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The audit log that a command reads, and the key that verifies it. */
final class AuditLogOption {
    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "The folder of the audit log; audit.folder of the configuration by default.")
    private @Nullable Path folder;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The verifier key of the log, or @FILE; by default, the file verifier-key in its folder, which"
                            + " an intruder on this machine could replace.")
    private @Nullable String key;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    /**
     * Returns the log.
     *
     * @throws NoSuchElementException if there is none
     */
    LogFolder open(ProcessEnvironment process) {
        var log = new LogFolder(process.folder().resolve(path(process)));
        if (!log.isLog()) {
            throw new NoSuchElementException(
                    "There is no audit log in " + log.root() + ". Name the folder of a log with --folder.");
        }
        return log;
    }

    private Path path(ProcessEnvironment process) {
        if (folder != null) {
            return folder;
        }
        var file = settings(process).audit().file();
        if (file == null) {
            throw new NoSuchElementException(
                    "No audit log is configured. Name its folder with --folder, or set audit.folder.");
        }
        return file.folder();
    }

    BreakwaterSettings settings(ProcessEnvironment process) {
        return configuration.load(process).settings();
    }

    /** Returns the key of the option, or of the log. */
    NoteVerifier key(ProcessEnvironment process, LogFolder log) {
        try {
            return NoteVerifier.parse(keyText(process, log));
        } catch (InvalidNoteException invalid) {
            throw new NoSuchElementException("The verifier key is not valid: " + invalid.getMessage() + ".", invalid);
        }
    }

    private String keyText(ProcessEnvironment process, LogFolder log) {
        try {
            if (key == null) {
                return log.readText(LogFile.VERIFIER_KEY);
            }
            return key.startsWith("@") ? Files.readString(process.folder().resolve(key.substring(1))) : key;
        } catch (IOException unreadable) {
            throw new NoSuchElementException(
                    "The verifier key cannot be read: " + unreadable + ". Name it with --key.", unreadable);
        }
    }
}
