package io.breakwater.adapter.postgres.store;

import io.breakwater.port.contract.OrderStoreContract;
import io.breakwater.port.driven.OrderStore;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
@Tag("debian")
class OrdersInOldPostgresTest extends OrderStoreContract {

    @RegisterExtension
    final Stores stores = new Stores(PostgresServer.oldest());

    @Override
    protected OrderStore make() {
        return stores.fresh().orders();
    }
}
