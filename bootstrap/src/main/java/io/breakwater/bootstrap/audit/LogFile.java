package io.breakwater.bootstrap.audit;

/** The files of a log beside its tiles. */
public enum LogFile {
    /** The size and the root of the log, signed. */
    CHECKPOINT("checkpoint"),
    /** The entries since the checkpoint. */
    PENDING("pending"),
    /** The private key that signs checkpoints. */
    SIGNING_KEY("signing-key"),
    /** The public key for checkpoints. */
    VERIFIER_KEY("verifier-key"),
    /** The secret key for the digests of arguments. */
    DIGEST_KEY("digest-key"),
    /** Locked by the server that writes the log. */
    LOCK("lock");

    private final String fileName;

    LogFile(String fileName) {
        this.fileName = fileName;
    }

    /** Returns the name in the folder of the log. */
    public String fileName() {
        return fileName;
    }
}
