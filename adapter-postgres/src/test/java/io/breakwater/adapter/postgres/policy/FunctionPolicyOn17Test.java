package io.breakwater.adapter.postgres.policy;

import io.breakwater.sample.postgres.PostgresServer;

class FunctionPolicyOn17Test extends FunctionPolicyTests {
    @Override
    PostgresServer server() {
        return PostgresServer.older(17);
    }
}
