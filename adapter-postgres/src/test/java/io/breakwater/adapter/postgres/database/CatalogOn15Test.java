package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;

@Tag("debian")
class CatalogOn15Test extends CatalogTests {
    @Override
    PostgresServer server() {
        return PostgresServer.oldest();
    }
}
