package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;

@Tag("debian")
class WireOn15Test extends WireComparisonTests {
    @Override
    PostgresServer server() {
        return PostgresServer.oldest();
    }
}
