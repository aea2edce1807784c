package io.breakwater.adapter.postgres.store;

import io.breakwater.port.contract.QuotaStoreContract;
import io.breakwater.port.driven.QuotaStore;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
@Tag("debian")
class QuotasInOldPostgresTest extends QuotaStoreContract {

    @RegisterExtension
    final Stores stores = new Stores(PostgresServer.oldest());

    @Override
    protected QuotaStore make() {
        return stores.fresh().quotas();
    }
}
