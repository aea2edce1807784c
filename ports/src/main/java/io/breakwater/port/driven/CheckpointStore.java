package io.breakwater.port.driven;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.CallContext;
import java.util.List;
import java.util.Optional;

/**
 * Stores copies of the checkpoints of audit logs, outside the folders of the logs. A checkpoint fixes all entries before
 * it: a log that was rewritten, or whose end was cut off, does not agree with its copies. The methods block and raise
 * {@link io.breakwater.port.PortException}. Contract: {@code CheckpointStoreContract}.
 */
public interface CheckpointStore {

    /**
     * Stores a checkpoint, unless the store has one of this log that a log which only grows cannot have: another
     * checkpoint of this size, or one of a larger size. A checkpoint that the store has already does not change it, and
     * no checkpoint replaces another one. The store may delete old checkpoints, but never the largest one of a log.
     *
     * @return the largest stored checkpoint that contradicts this one; empty if there is none, so that the store has this one
     */
    Optional<LogCheckpoint> add(LogCheckpoint checkpoint, CallContext context);

    /** Returns the stored checkpoints of a log, sorted by size. */
    List<LogCheckpoint> find(String log, CallContext context);

    /**
     * A checkpoint of a log.
     *
     * @param log the name of the log
     * @param size the number of entries that it signs
     * @param note the signed checkpoint (C2SP tlog-checkpoint)
     */
    record LogCheckpoint(String log, long size, String note) {
        /** Refuses null, and a negative size. */
        public LogCheckpoint {
            requireNonNull(log, "LogCheckpoint.log must not be null.");
            requireNonNull(note, "LogCheckpoint.note must not be null.");
            if (size < 0) {
                throw new IllegalArgumentException("The size of a log must be at least 0, not " + size);
            }
        }
    }
}
