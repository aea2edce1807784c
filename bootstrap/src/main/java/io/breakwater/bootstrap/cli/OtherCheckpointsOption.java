package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.tlog.InvalidNoteException;
import io.breakwater.bootstrap.tlog.SignedNote;
import io.breakwater.port.PortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Checkpoints of a log that were stored elsewhere: one in a file, or all that the store has. */
final class OtherCheckpointsOption {
    private static final String STORE = "store";

    @Option(
            names = "--against",
            paramLabel = "FILE|store",
            description = "A checkpoint of this log that was stored elsewhere, or 'store' for all those in the store of"
                    + " store.url (audit.checkpoint-store). A file with this name is ./store.")
    private @Nullable String source;

    /**
     * Returns the checkpoints; none if the option is not set.
     *
     * @param log the name of the log
     * @param settings the configuration, which is needed for the store only
     * @throws NoSuchElementException if there are none at the place that the option names
     */
    List<SignedNote> read(ProcessEnvironment process, String log, Supplier<BreakwaterSettings> settings) {
        if (source == null) {
            return List.of();
        }
        return STORE.equals(source) ? stored(log, settings.get()) : List.of(inFile(process, source));
    }

    private static List<SignedNote> stored(String log, BreakwaterSettings settings) {
        var stored = StoreOption.withStore(
                settings.store().settings(),
                "The copies of checkpoints are in the store.",
                (store, context) -> store.checkpoints().find(log, context));
        if (stored.isEmpty()) {
            throw new NoSuchElementException("The store has no checkpoint of the audit log " + log + ".");
        }
        return stored.stream()
                .map(checkpoint -> new SignedNote(checkpoint.note()))
                .toList();
    }

    private static SignedNote inFile(ProcessEnvironment process, String file) {
        try {
            return new SignedNote(Files.readString(process.folder().resolve(Path.of(file))));
        } catch (IOException unreadable) {
            throw new NoSuchElementException("The checkpoint " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    /** Returns the error for a checkpoint that the key of the log has not signed. */
    RuntimeException invalid(InvalidNoteException invalid) {
        return STORE.equals(source)
                ? new PortException.RefusedException(
                        "A checkpoint of this log in the store is not valid: " + invalid.getMessage()
                                + ". The key of the log was replaced, or the store was changed.",
                        invalid)
                : new NoSuchElementException(
                        "The checkpoint " + source + " is not one of this log: " + invalid.getMessage() + ".", invalid);
    }
}
