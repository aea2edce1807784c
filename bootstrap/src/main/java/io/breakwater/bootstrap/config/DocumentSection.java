package io.breakwater.bootstrap.config;

import io.breakwater.server.settings.DocumentSettings;
import java.time.Duration;

/** How {@link DocumentSettings} are written in a configuration. */
final class DocumentSection {
    private static final DocumentSettings STANDARD = DocumentSettings.standard();

    private static final Setting<Integer> BATCH_SIZE = Setting.whole("batch-size", 1, 1_000)
            .byDefault(STANDARD.batchSize())
            .means("How many documents one statement loads at most.");

    private static final Setting<Duration> BATCH_TIMEOUT = Setting.duration(
                    "batch-timeout", Duration.ZERO, Duration.ofSeconds(10))
            .byDefault(STANDARD.batchTimeout())
            .means("How long a load waits at most for others to join it, while another is under way.");

    private DocumentSection() {}

    static DocumentSettings read(SectionReader documents) {
        return new DocumentSettings(documents.get(BATCH_SIZE), documents.get(BATCH_TIMEOUT));
    }
}
