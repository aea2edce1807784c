package io.breakwater.adapter.postgres.sql;

import io.breakwater.sample.postgres.PostgresServer;

class EncodingOn18Test extends EncodingTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }
}
