package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;

@Tag("debian")
class GatewayOn15Test extends GatewayTests {
    @Override
    PostgresServer server() {
        return PostgresServer.oldest();
    }
}
