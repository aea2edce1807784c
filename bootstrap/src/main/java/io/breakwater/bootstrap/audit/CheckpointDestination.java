package io.breakwater.bootstrap.audit;

import io.breakwater.port.CallContext;

/**
 * A place outside the folder of a log to which its checkpoints are copied. A copy shows when the log is rewritten later,
 * or cut off at its end.
 */
public interface CheckpointDestination {

    /** Returns its name in metrics. */
    String label();

    /** Returns the setting that names it, which is its name in the health report. */
    String setting();

    /**
     * Copies a checkpoint, and returns when the destination has it. Blocks.
     *
     * @throws io.breakwater.port.PortException.RefusedException if it does not accept the checkpoint, so that an operator
     *     must correct something
     * @throws io.breakwater.port.PortException if it is not available at present
     */
    void copy(SignedCheckpoint checkpoint, CallContext context);
}
