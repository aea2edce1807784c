package io.breakwater.adapter.postgres.policy;

import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;

@Tag("debian")
class UninterruptibleOn15Test extends UninterruptibleFunctionsTests {
    @Override
    PostgresServer server() {
        return PostgresServer.oldest();
    }
}
