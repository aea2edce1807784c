package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;

@Tag("debian")
class NamedStatementsOn15Test extends NamedStatementTests {
    @Override
    PostgresServer server() {
        return PostgresServer.oldest();
    }
}
