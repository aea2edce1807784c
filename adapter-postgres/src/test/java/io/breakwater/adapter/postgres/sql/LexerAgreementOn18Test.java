package io.breakwater.adapter.postgres.sql;

import io.breakwater.sample.postgres.PostgresServer;

class LexerAgreementOn18Test extends LexerAgreementTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }
}
