package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.CheckpointStore;
import io.breakwater.port.driven.CheckpointStore.LogCheckpoint;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store with checkpoints of more than a month. */
@Tag("server")
class OldCheckpointsTest {
    private static final int OLD = 3 * PostgresCheckpoints.MAX_CLEANUP;

    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();
    private final CallContext context = ManualCallContext.unhurried();

    @RegisterExtension
    final Stores stores = new Stores(server);

    private CheckpointStore checkpoints;

    @BeforeEach
    void fill() {
        checkpoints = stores.ready(stores.settings(database)).checkpoints();
        server.execute(
                database,
                "INSERT INTO breakwater.audit_checkpoints SELECT log, size, 'note', now() - interval '31 days'"
                        + " FROM (VALUES ('running'), ('stopped')) AS logs (log), generate_series(1, " + OLD
                        + ") AS size");
    }

    private void add(long size) {
        assertThat(checkpoints.add(new LogCheckpoint("running", size, "note"), context))
                .isEmpty();
    }

    @Test
    void eachNewOneDeletesAFewOfThem() {
        add(OLD + 1);

        assertThat(checkpoints.find("running", context).size()
                        + checkpoints.find("stopped", context).size())
                .isEqualTo(2 * OLD + 1 - PostgresCheckpoints.MAX_CLEANUP);
    }

    @Test
    void theLargestOneOfEachLogStays() {
        for (int size = OLD + 1; size <= OLD + 10; size++) {
            add(size);
        }

        assertThat(checkpoints.find("running", context))
                .extracting(LogCheckpoint::size)
                .startsWith(OLD + 1L)
                .hasSize(10);
        assertThat(checkpoints.find("stopped", context))
                .extracting(LogCheckpoint::size)
                .containsExactly((long) OLD);
    }
}
