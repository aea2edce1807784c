package io.breakwater.bootstrap.config;

import io.breakwater.server.settings.DocumentSettings;
import java.time.Duration;

/** Reads {@link DocumentSettings} from a configuration. */
final class DocumentSection {
    private static final DocumentSettings STANDARD = DocumentSettings.standard();

    private static final Setting<Integer> BATCH_SIZE = Setting.whole("batch-size", 1, 1_000)
            .byDefault(STANDARD.batchSize())
            .description("The maximum number of documents that one statement loads.");

    private static final Setting<Duration> BATCH_TIMEOUT = Setting.duration(
                    "batch-timeout", Duration.ZERO, Duration.ofSeconds(10))
            .byDefault(STANDARD.batchTimeout())
            .description("The maximum time that a load waits for others to join it, while another load runs.");

    private DocumentSection() {}

    static DocumentSettings read(SectionReader documents) {
        return new DocumentSettings(documents.get(BATCH_SIZE), documents.get(BATCH_TIMEOUT));
    }
}
