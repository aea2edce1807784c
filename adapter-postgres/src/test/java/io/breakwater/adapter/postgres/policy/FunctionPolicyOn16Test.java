package io.breakwater.adapter.postgres.policy;

import io.breakwater.sample.postgres.PostgresServer;

class FunctionPolicyOn16Test extends FunctionPolicyTests {
    @Override
    PostgresServer server() {
        return PostgresServer.older(16);
    }
}
