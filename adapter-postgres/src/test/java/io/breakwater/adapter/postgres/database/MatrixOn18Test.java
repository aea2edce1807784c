package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;

class MatrixOn18Test extends MatrixTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }
}
