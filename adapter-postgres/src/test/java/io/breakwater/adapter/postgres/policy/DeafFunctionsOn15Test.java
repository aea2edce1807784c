package io.breakwater.adapter.postgres.policy;

import io.breakwater.sample.postgres.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("server")
@Tag("debian")
class DeafFunctionsOn15Test extends DeafFunctionsTests {
    private final Cluster cluster = Cluster.start();

    @Override
    String url() {
        return cluster.url("postgres");
    }

    @AfterEach
    void end() {
        killBackends();
        cluster.close();
    }
}
