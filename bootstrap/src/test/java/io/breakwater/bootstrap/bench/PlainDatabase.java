package io.breakwater.bootstrap.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.ServerDataSource;
import java.sql.SQLException;
import java.util.Map;

/**
 * PostgreSQL as an application uses it that trusts its own statements: 20 pooled connections with the driver's defaults,
 * statements that are prepared once, and no transaction around one that reads a row. The tables are those of pgbench.
 */
final class PlainDatabase {
    private static final String BALANCE = "SELECT abalance FROM pgbench_accounts WHERE aid = ?";
    private static final String SUM = "SELECT sum(abalance) FROM pgbench_accounts WHERE aid <> ?";
    private static final String RUN = "SELECT nextval('runs') + ? FROM pg_sleep(0.5)";
    private static final int CONNECTIONS = 20;

    private final HikariDataSource source = new HikariDataSource();

    PlainDatabase(String url) {
        source.setDataSource(new ServerDataSource(ConnectionString.of(url), Map.of(), Map.of()));
        source.setMaximumPoolSize(CONNECTIONS);
    }

    int balance(int account) throws SQLException {
        return (int) number(BALANCE, account);
    }

    long sumWithout(int account) throws SQLException {
        return number(SUM, account);
    }

    /** How often it was executed on that server, after half a second. */
    long nextRun() throws SQLException {
        return number(RUN, 0);
    }

    private long number(String sql, int parameter) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, parameter);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("no row " + parameter);
                }
                return row.getLong(1);
            }
        }
    }
}
