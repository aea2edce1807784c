package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency.Need;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.waiting.Eventually;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The connection pool, which detects an outage first, notifies the health report. */
@Tag("server")
class HealthSignalTest {

    @RegisterExtension
    final Databases databases = new Databases(PostgresServer.newest());

    private final Relay relay = Relay.to(databases.server().port());

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    @CoversOutage("queries: database down")
    void requestsACheckWhenTheServerGoesAwayAndWhenItIsBack() {
        var database = databases.open(DatabaseSettings.forUrl(
                        ConnectionString.of("postgresql://reader@127.0.0.1:" + relay.port() + "/" + databases.name()))
                .withPool(PoolSettings.of(1, 4)));
        assertThat(Queries.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
        var checks = new Semaphore(0);
        database.dependency(Need.REQUIRED).signal().subscribe(checks::release);

        relay.cut();
        assertThrows(PortException.UnavailableException.class, () -> Queries.json(database, "SELECT 1 AS a"));
        Eventually.holds(checks::tryAcquire);

        relay.mend();
        Eventually.holds(checks::tryAcquire);
    }
}
