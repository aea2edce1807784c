package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;

@Tag("debian")
class MatrixOn15Test extends MatrixTests {
    @Override
    PostgresServer server() {
        return PostgresServer.oldest();
    }
}
