package io.breakwater.adapter.postgres.policy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class IgnoredCancellationOn18Test extends IgnoredCancellationTests {
    private EmbeddedPostgres postgres;

    @BeforeEach
    void begin() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @Override
    String url() {
        return "postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    @AfterEach
    void end() throws IOException {
        killBackends();
        postgres.close();
    }
}
