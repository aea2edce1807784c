package io.breakwater.adapter.postgres.store;

import io.breakwater.port.contract.RevocationStoreContract;
import io.breakwater.port.driven.RevocationStore;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
class RevocationsInPostgresTest extends RevocationStoreContract {

    @RegisterExtension
    final Stores stores = new Stores(PostgresServer.newest());

    @Override
    protected RevocationStore make() {
        return stores.fresh().revocations();
    }
}
