package io.breakwater.server.settings;

import java.time.Duration;

/**
 * How loads of documents are gathered.
 *
 * @param batchSize how many documents one statement loads at most
 * @param batchTimeout how long a load waits at most for others to join it, while another is under way
 */
public record DocumentSettings(int batchSize, Duration batchTimeout) {

    /** Refuses what could never work. */
    public DocumentSettings {
        if (batchSize < 1 || batchSize > 1_000) {
            throw new IllegalArgumentException("A batch holds 1 to 1000 documents.");
        }
        if (batchTimeout.isNegative()) {
            throw new IllegalArgumentException("A batch waits for no time or some, not for " + batchTimeout + ".");
        }
    }

    /** 10 documents, 100 ms. */
    public static DocumentSettings standard() {
        return new DocumentSettings(10, Duration.ofMillis(100));
    }
}
