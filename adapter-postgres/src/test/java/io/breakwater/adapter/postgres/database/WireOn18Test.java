package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;

class WireOn18Test extends WireComparisonTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }
}
