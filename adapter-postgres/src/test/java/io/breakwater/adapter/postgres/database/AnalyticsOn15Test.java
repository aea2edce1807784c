package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;

@Tag("debian")
class AnalyticsOn15Test extends AnalyticsTests {
    @Override
    PostgresServer server() {
        return PostgresServer.oldest();
    }
}
