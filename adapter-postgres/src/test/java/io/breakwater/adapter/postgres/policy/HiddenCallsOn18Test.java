package io.breakwater.adapter.postgres.policy;

import io.breakwater.sample.postgres.PostgresServer;

class HiddenCallsOn18Test extends HiddenCallsTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }
}
