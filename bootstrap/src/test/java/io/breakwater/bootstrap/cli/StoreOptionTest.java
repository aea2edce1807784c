package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.store.StoreSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreOptionTest {
    /** A server gives up earlier, because other calls wait behind the one that waits. */
    @Test
    void aCommandWaitsForItsFirstConnectionAsLongAsForItsWork() {
        var pool = new PoolSettings(0, 3, Duration.ofMillis(250), Duration.ofSeconds(5));
        var settings = StoreSettings.forUrl(ConnectionString.of("postgresql://127.0.0.1/shop"))
                .withPool(pool);

        assertThat(StoreOption.withTimeout(settings).pool())
                .isEqualTo(new PoolSettings(0, 3, StoreOption.TIMEOUT, Duration.ofSeconds(5)));
    }
}
