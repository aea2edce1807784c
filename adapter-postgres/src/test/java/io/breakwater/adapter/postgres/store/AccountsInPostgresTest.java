package io.breakwater.adapter.postgres.store;

import io.breakwater.port.contract.AccountsContract;
import io.breakwater.port.driven.Accounts;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
class AccountsInPostgresTest extends AccountsContract {

    @RegisterExtension
    final Stores stores = new Stores(PostgresServer.newest());

    @Override
    protected Accounts make() {
        return stores.fresh().accounts();
    }
}
