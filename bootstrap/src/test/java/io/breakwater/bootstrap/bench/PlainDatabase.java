package io.breakwater.bootstrap.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.connection.ServerDataSource;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.PGProperty;

/**
 * PostgreSQL as an application uses it that trusts its own statements: 20 pooled connections with the driver's
 * defaults, statements that are prepared once (or parsed each time, where it says so), and no transaction around one
 * that reads a row. The tables are those of pgbench.
 */
final class PlainDatabase {
    private static final String BALANCE = "SELECT abalance FROM pgbench_accounts WHERE aid = ?";
    private static final String SUM = "SELECT sum(abalance) FROM pgbench_accounts WHERE aid <> ?";
    private static final String RUN = "SELECT nextval('runs') + ? FROM pg_sleep(0.5)";
    private static final int CONNECTIONS = 20;

    /** The driver never names a statement, so that the server parses and plans it each time. */
    private static final Map<PGProperty, String> PARSED_EACH_TIME = Map.of(PGProperty.PREPARE_THRESHOLD, "0");

    private final HikariDataSource prepared;
    private final HikariDataSource parsed;

    PlainDatabase(String url) {
        prepared = pool(url, Map.of());
        parsed = pool(url, PARSED_EACH_TIME);
    }

    private static HikariDataSource pool(String url, Map<PGProperty, String> properties) {
        var source = new HikariDataSource();
        source.setDataSource(new ServerDataSource(ConnectionString.of(url), Map.of(), properties));
        source.setMaximumPoolSize(CONNECTIONS);
        source.setMinimumIdle(0);
        return source;
    }

    int balance(int account) throws SQLException {
        return (int) number(prepared, BALANCE, account);
    }

    /** The same, for a statement that is parsed and planned again. */
    int balanceParsed(int account) throws SQLException {
        return (int) number(parsed, BALANCE, account);
    }

    long sumWithout(int account) throws SQLException {
        return number(prepared, SUM, account);
    }

    /** How often it was executed on that server, after half a second. */
    long nextRun() throws SQLException {
        return number(prepared, RUN, 0);
    }

    private static long number(HikariDataSource source, String sql, int parameter) throws SQLException {
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
