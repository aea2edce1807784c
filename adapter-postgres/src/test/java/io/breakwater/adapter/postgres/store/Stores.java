package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.port.PortException;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.waiting.Eventually;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opens stores on a server, each in a new database, and closes them after the test. */
final class Stores implements AfterEachCallback {
    private final PostgresServer server;
    private final List<PostgresStore> open = new ArrayList<>();

    Stores(PostgresServer server) {
        this.server = server;
    }

    /** A store in a new database, which is ready: its tables exist, however busy the machine is. */
    PostgresStore fresh() {
        return ready(settings(server.newDatabase()));
    }

    /** A store that is ready, however busy the machine is. */
    PostgresStore ready(StoreSettings settings) {
        var store = open(settings);
        Eventually.holds(() -> isReady(store));
        return store;
    }

    private static boolean isReady(PostgresStore store) {
        try {
            return store.users().find(0, ManualCallContext.unhurried()).isEmpty();
        } catch (PortException.UnavailableException notYet) {
            return false;
        }
    }

    PostgresStore open(StoreSettings settings) {
        var store = PostgresStore.open(settings);
        open.add(store);
        return store;
    }

    StoreSettings settings(String database) {
        return StoreSettings.forUrl(ConnectionString.of(server.url(database, "postgres")));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(PostgresStore::close);
        open.clear();
    }
}
