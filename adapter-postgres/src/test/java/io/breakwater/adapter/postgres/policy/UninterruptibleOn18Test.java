package io.breakwater.adapter.postgres.policy;

import io.breakwater.sample.postgres.PostgresServer;

class UninterruptibleOn18Test extends UninterruptibleFunctionsTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }
}
