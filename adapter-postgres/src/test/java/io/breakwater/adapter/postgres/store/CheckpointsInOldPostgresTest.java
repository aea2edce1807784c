package io.breakwater.adapter.postgres.store;

import io.breakwater.port.contract.CheckpointStoreContract;
import io.breakwater.port.driven.CheckpointStore;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
@Tag("debian")
class CheckpointsInOldPostgresTest extends CheckpointStoreContract {

    @RegisterExtension
    final Stores stores = new Stores(PostgresServer.oldest());

    @Override
    protected CheckpointStore make() {
        return stores.fresh().checkpoints();
    }
}
