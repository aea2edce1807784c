package io.breakwater.adapter.postgres.policy;

import io.breakwater.sample.postgres.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("server")
@Tag("debian")
class IgnoredCancellationOn15Test extends IgnoredCancellationTests {
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
