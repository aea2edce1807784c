package io.breakwater.adapter.postgres.database;

import io.breakwater.port.contract.TableCatalogContract;
import io.breakwater.port.driven.TableCatalog;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of the catalog, for a role that may not see everything. */
@Tag("server")
abstract class CatalogTests extends TableCatalogContract {

    @RegisterExtension
    final Databases databases = new Databases(server());

    abstract PostgresServer server();

    @BeforeEach
    void prepare() {
        databases.prepare(TABLES);
        databases.prepare(
                "GRANT USAGE ON SCHEMA sales TO reader",
                "REVOKE ALL ON secret FROM reader",
                "REVOKE ALL ON hidden.card FROM reader");
    }

    @Override
    protected TableCatalog make() {
        return databases.open();
    }
}
