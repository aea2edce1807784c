package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.session.GuardedSource;
import io.breakwater.adapter.postgres.session.Pinned;
import io.breakwater.adapter.postgres.session.Pool;
import io.breakwater.adapter.postgres.session.Session;
import io.breakwater.port.Figures;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.sql.SQLException;

/** One server that has the database, and the sessions we have there. */
final class Node implements AutoCloseable {
    private final Pool pool;

    Node(String name, ConnectionString url, DatabaseSettings settings) {
        var pinned = Pinned.forStrangers(
                settings.mode() == AccessMode.READ_ONLY,
                settings.searchPath(),
                settings.limits().statementTime(),
                settings.limits().lockTime());
        this.pool = new Pool(
                name,
                settings.pool(),
                pinned,
                new GuardedSource(url, pinned, settings.limits().resultBytes()));
    }

    /** A session there, which the caller closes. */
    Session take(Time time) {
        try {
            return pool.take(time.left(), time.scope());
        } catch (SQLException e) {
            throw Failures.noConnection(e, pool.isExhausted());
        }
    }

    void show(Figures figures) {
        pool.show(figures);
    }

    @Override
    public void close() {
        pool.close();
    }
}
