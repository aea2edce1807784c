package io.breakwater.bootstrap.config;

import io.breakwater.server.settings.IdempotencySettings;
import java.time.Duration;

/** Reads {@link IdempotencySettings} from a configuration. */
final class IdempotencySection {
    private static final Setting<Duration> RETENTION = Setting.duration(
                    "retention", Duration.ofMinutes(1), Duration.ofDays(30))
            .byDefault(IdempotencySettings.standard().retention())
            .description(
                    "The time for which the store keeps an idempotency key and the result that belongs to it. A call"
                            + " that is repeated later has its effect again.");

    private IdempotencySection() {}

    static IdempotencySettings read(SectionReader idempotency) {
        return new IdempotencySettings(idempotency.get(RETENTION));
    }
}
