package io.breakwater.adapter.postgres.store;

import io.breakwater.port.contract.IdempotentWritesContract;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
@Tag("debian")
class RecordedWritesInOldPostgresTest extends IdempotentWritesContract {

    @RegisterExtension
    final Stores opened = new Stores(PostgresServer.oldest());

    @Override
    protected RecordingStores make() {
        var store = opened.fresh();
        return new RecordingStores(store.users(), store.documents(), store.idempotency());
    }
}
