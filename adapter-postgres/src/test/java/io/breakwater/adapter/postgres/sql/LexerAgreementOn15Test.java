package io.breakwater.adapter.postgres.sql;

import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;

@Tag("debian")
class LexerAgreementOn15Test extends LexerAgreementTests {
    @Override
    PostgresServer server() {
        return PostgresServer.oldest();
    }
}
