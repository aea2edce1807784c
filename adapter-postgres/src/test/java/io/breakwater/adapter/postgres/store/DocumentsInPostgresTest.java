package io.breakwater.adapter.postgres.store;

import io.breakwater.port.contract.DocumentStoreContract;
import io.breakwater.port.driven.DocumentStore;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
class DocumentsInPostgresTest extends DocumentStoreContract {

    @RegisterExtension
    final Stores stores = new Stores(PostgresServer.newest());

    @Override
    protected DocumentStore make() {
        return stores.fresh().documents();
    }
}
