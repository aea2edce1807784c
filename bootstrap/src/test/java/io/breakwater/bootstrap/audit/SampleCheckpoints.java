package io.breakwater.bootstrap.audit;

import io.breakwater.bootstrap.tlog.Checkpoint;
import io.breakwater.bootstrap.tlog.NoteSigner;

/** Signed checkpoints of a log that grows; the trees do not exist. */
final class SampleCheckpoints {
    static final String LOG = "example.com/log";

    private static final NoteSigner SIGNER = NoteSigner.generate(LOG);

    private SampleCheckpoints() {}

    static SignedCheckpoint ofSize(long size) {
        return of(size, (byte) 0);
    }

    /** The checkpoint of a log with another history. */
    static SignedCheckpoint rewritten(long size) {
        return of(size, (byte) 1);
    }

    private static SignedCheckpoint of(long size, byte history) {
        var root = new byte[32];
        root[0] = (byte) size;
        root[31] = history;
        var checkpoint = Checkpoint.of(LOG, size, root);
        return new SignedCheckpoint(checkpoint, SIGNER.sign(checkpoint.text()));
    }
}
