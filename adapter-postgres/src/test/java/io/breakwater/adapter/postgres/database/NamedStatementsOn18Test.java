package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;

class NamedStatementsOn18Test extends NamedStatementTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }
}
