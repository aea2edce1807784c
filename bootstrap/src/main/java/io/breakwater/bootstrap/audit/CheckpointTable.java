package io.breakwater.bootstrap.audit;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.CheckpointStore;
import io.breakwater.port.driven.CheckpointStore.LogCheckpoint;

/** Stores checkpoints in the store. */
public final class CheckpointTable implements CheckpointDestination {
    private final CheckpointStore store;

    /** Creates the destination. */
    public CheckpointTable(CheckpointStore store) {
        this.store = store;
    }

    @Override
    public String label() {
        return "store";
    }

    @Override
    public String setting() {
        return "audit.checkpoint-store";
    }

    @Override
    public void copy(SignedCheckpoint checkpoint, CallContext context) {
        var signed = checkpoint.checkpoint();
        var added = new LogCheckpoint(
                signed.origin(), signed.size(), checkpoint.note().content());
        store.add(added, context).ifPresent(stored -> {
            throw contradiction(signed.origin(), signed.size(), stored.size());
        });
    }

    private static PortException contradiction(String log, long size, long stored) {
        return new PortException.RefusedException(
                "The store has a checkpoint of the audit log " + log + " with " + stored
                        + " entries, which the log with "
                        + size + " entries does not continue: the log was rewritten or restored, or another log has its"
                        + " name. Run 'breakwater audit verify --against store'. To begin a new log, set another"
                        + " audit.folder and another audit.name.",
                null);
    }
}
