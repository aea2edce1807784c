package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.notNegative;

import java.time.Duration;

/**
 * The settings for batches of loads.
 *
 * @param batchSize the maximum number of documents that one statement loads
 * @param batchTimeout the maximum time that a load waits for others to join it while another load runs
 */
public record DocumentSettings(int batchSize, Duration batchTimeout) {

    /** Refuses values outside their range. */
    public DocumentSettings {
        check(batchSize >= 1 && batchSize <= 1_000, "batchSize must be 1 to 1000, but is " + batchSize + ".");
        notNegative(batchTimeout, "DocumentSettings.batchTimeout");
    }

    /** Returns the defaults: 10 documents, 100 ms. */
    public static DocumentSettings standard() {
        return new DocumentSettings(10, Duration.ofMillis(100));
    }
}
