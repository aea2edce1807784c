package io.breakwater.adapter.postgres.store;

import io.breakwater.port.contract.BudgetStoreContract;
import io.breakwater.port.driven.BudgetStore;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
class BudgetsInPostgresTest extends BudgetStoreContract {

    @RegisterExtension
    final Stores stores = new Stores(PostgresServer.newest());

    @Override
    protected BudgetStore make() {
        return stores.fresh().budgets();
    }
}
