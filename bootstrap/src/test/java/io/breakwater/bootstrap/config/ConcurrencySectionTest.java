package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConcurrencySectionTest {

    @Test
    void readsTheLimitOfAPrincipalAndTheQueue() {
        var settings = new ConfigFolder(Path.of(""))
                .variable("BREAKWATER_LIMITS_CONCURRENCY_PER_PRINCIPAL", "9")
                .variable("BREAKWATER_LIMITS_QUEUE_LENGTH", "0")
                .load()
                .settings()
                .concurrency();

        assertThat(settings.maxPerPrincipal(100)).isEqualTo(9);
        assertThat(settings.queueLength()).isZero();
    }
}
