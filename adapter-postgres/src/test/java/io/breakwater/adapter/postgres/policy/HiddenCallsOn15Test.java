package io.breakwater.adapter.postgres.policy;

import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;

@Tag("debian")
class HiddenCallsOn15Test extends HiddenCallsTests {
    @Override
    PostgresServer server() {
        return PostgresServer.oldest();
    }
}
