package io.breakwater.adapter.postgres.store;

import io.breakwater.port.contract.IdempotencyStoreContract;
import io.breakwater.port.driven.IdempotencyStore;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
@Tag("debian")
class IdempotencyInOldPostgresTest extends IdempotencyStoreContract {

    @RegisterExtension
    final Stores stores = new Stores(PostgresServer.oldest());

    @Override
    protected IdempotencyStore make() {
        return stores.fresh().idempotency();
    }
}
