package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;

class CorpusOn18Test extends CorpusTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }
}
