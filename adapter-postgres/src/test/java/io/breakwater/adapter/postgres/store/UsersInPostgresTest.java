package io.breakwater.adapter.postgres.store;

import io.breakwater.port.contract.UserStoreContract;
import io.breakwater.port.driven.UserStore;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
class UsersInPostgresTest extends UserStoreContract {

    @RegisterExtension
    final Stores stores = new Stores(PostgresServer.newest());

    @Override
    protected UserStore make() {
        return stores.fresh().users();
    }
}
