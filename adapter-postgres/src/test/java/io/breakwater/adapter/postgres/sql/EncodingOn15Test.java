package io.breakwater.adapter.postgres.sql;

import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;

@Tag("debian")
class EncodingOn15Test extends EncodingTests {
    @Override
    PostgresServer server() {
        return PostgresServer.oldest();
    }
}
