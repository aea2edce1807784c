package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.waiting.Eventually;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;

/**
 * A table of the catalog that no other connection can read, and a check of the reader that waits for it. The look is
 * taken once before the lock is, so that planning it has nothing to read any more; should it have, it fails and does
 * not hang.
 */
final class LockedCatalog implements AutoCloseable {
    private static final Duration BOUND = Eventually.LIMIT;

    private final Connection owner;
    private final Connection watcher;
    private final PreparedStatement look;

    LockedCatalog(Databases databases, String table) throws SQLException {
        owner = databases.server().connect(databases.name(), "postgres");
        watcher = databases.server().connect(databases.name(), "postgres");
        look = watcher.prepareStatement("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND usename = ? AND wait_event_type = 'Lock'"
                + " AND clock_timestamp() - query_start > make_interval(secs => ?)");
        execute(watcher, "SET statement_timeout = '10s'");
        isWaitedFor(Duration.ZERO);
        owner.setAutoCommit(false);
        execute(owner, "LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns when the reader has waited for that long, or the call is over. */
    void awaitWaiterFor(Duration time, Future<?> call) throws SQLException {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!isWaitedFor(time) && !call.isDone()) {
            assertThat(System.nanoTime()).as("somebody waits for the lock").isLessThan(end);
        }
    }

    private boolean isWaitedFor(Duration time) throws SQLException {
        look.setString(1, Databases.READER);
        look.setDouble(2, time.toMillis() / 1_000.0);
        try (var row = look.executeQuery()) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    /** Lets all connections read it again. */
    void release() throws SQLException {
        owner.rollback();
    }

    @Override
    public void close() throws SQLException {
        try (owner;
                watcher) {
            look.close();
        }
    }
}
