package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.SettingNames;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.postgres.PostgresServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class ReplicaMonitorTest {
    private final PostgresServer server = PostgresServer.newest();
    private final ConnectionString url = ConnectionString.of(server.url("postgres", "postgres"));
    private final AtomicInteger looks = new AtomicInteger();

    /** An unexpected failure happens in its clock. */
    @Test
    void checksAgainAfterAnUnexpectedFailure() {
        LongSupplier clock = () -> {
            if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug");
            }
            return System.nanoTime();
        };
        try (var log = CapturedLog.of(ReplicaMonitor.class);
                var replica = replica();
                var watch = new ReplicaMonitor(replica, url, url, Duration.ofMillis(20), clock)) {
            replica.setCompleteUntil(0L);

            watch.start();

            log.await("copy is not used for reads: its check failed (java.lang.IllegalStateException)");
            log.await("copy is not used for reads: it follows no primary");
            assertThat(replica.isLost()).isTrue();
        }
    }

    private Replica replica() {
        return new Replica(
                "copy", url, DatabaseSettings.forUrl(url).withPool(PoolSettings.of(0, 1)), SettingNames.JAVA);
    }
}
