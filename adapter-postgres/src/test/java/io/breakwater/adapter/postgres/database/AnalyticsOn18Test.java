package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;

class AnalyticsOn18Test extends AnalyticsTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }
}
