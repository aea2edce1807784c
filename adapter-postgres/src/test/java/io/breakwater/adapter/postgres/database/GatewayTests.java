package io.breakwater.adapter.postgres.database;

import io.breakwater.port.contract.SqlGatewayContract;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the contract says of the gateway. */
@Tag("server")
abstract class GatewayTests extends SqlGatewayContract {

    @RegisterExtension
    final Databases databases = new Databases(server());

    abstract PostgresServer server();

    @BeforeEach
    void prepare() {
        databases.prepare(
                "CREATE TABLE item (id integer PRIMARY KEY, name text NOT NULL)",
                "INSERT INTO item VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    }

    @Override
    protected SqlGateway make(AccessMode mode) {
        return databases.open(databases.settings("postgres").withMode(mode));
    }
}
