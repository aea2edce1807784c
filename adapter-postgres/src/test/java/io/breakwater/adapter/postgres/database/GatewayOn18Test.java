package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;

class GatewayOn18Test extends GatewayTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }
}
