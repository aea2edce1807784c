package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;

class CatalogueOn18Test extends CatalogueTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }
}
