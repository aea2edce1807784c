package io.breakwater.adapter.postgres.store;

import io.breakwater.port.contract.LoginFailuresContract;
import io.breakwater.port.driven.LoginFailures;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
class LoginFailuresInPostgresTest extends LoginFailuresContract {

    @RegisterExtension
    final Stores stores = new Stores(PostgresServer.newest());

    @Override
    protected LoginFailures make() {
        return stores.fresh().loginFailures();
    }
}
