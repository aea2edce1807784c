package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;

class CatalogOn18Test extends CatalogTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }
}
