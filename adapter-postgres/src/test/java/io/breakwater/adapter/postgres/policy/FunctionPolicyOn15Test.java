package io.breakwater.adapter.postgres.policy;

import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;

@Tag("debian")
class FunctionPolicyOn15Test extends FunctionPolicyTests {
    @Override
    PostgresServer server() {
        return PostgresServer.oldest();
    }
}
