package io.breakwater.bootstrap.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where and how an audit log is written.
 *
 * @param folder the folder of the log
 * @param name the name that the log must have; null for any
 * @param prefix the beginning of the name of a new log that has no configured one
 * @param signingKey the file with the signing key; null for the one in the folder
 * @param checkpointInterval the time between two checkpoints
 */
public record FileAuditSettings(
        Path folder,
        @Nullable String name,
        String prefix,
        @Nullable Path signingKey,
        Duration checkpointInterval) {
    private static final int RANDOM_BYTES = 4;

    /** Returns the name for a new log: that of the settings, or one that no other log has. */
    String nameOfNewLog() {
        return name == null ? prefix + "/" + random() : name;
    }

    private static String random() {
        var bytes = new byte[RANDOM_BYTES];
        RandomGenerator.getDefault().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Refuses a log with another name. */
    void requireName(String actual) throws IOException {
        if (name != null && !name.equals(actual)) {
            throw new IOException("its name is " + actual + ", and audit.name is " + name
                    + "; a log keeps its name, so a log with another name needs another folder");
        }
    }
}
