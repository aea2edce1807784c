package io.breakwater.adapter.postgres.connection;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.net.BoundedSocketFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.PGProperty;

/** Opens connections on which callers' statements can run: the driver sends only the statements that it receives. */
public final class GuardedDataSource extends ServerDataSource {
    private static final Map<PGProperty, String> DEFAULTS = Map.of(
            PGProperty.APPLICATION_NAME, "breakwater",
            PGProperty.CONNECT_TIMEOUT, "5",
            PGProperty.SOCKET_TIMEOUT, "10",
            PGProperty.CANCEL_SIGNAL_TIMEOUT, "2");

    private static final Map<PGProperty, String> FIXED = Map.of(
            // Sends our application name at the start, so that DISCARD ALL restores it.
            PGProperty.ASSUME_MIN_SERVER_VERSION, "15",
            PGProperty.TCP_KEEP_ALIVE, "true",
            PGProperty.PREFER_QUERY_MODE, "extended",
            // The next call would find a prepared statement of this one.
            PGProperty.PREPARE_THRESHOLD, "0",
            PGProperty.BINARY_TRANSFER, "false",
            PGProperty.AUTOSAVE, "never",
            PGProperty.DEFAULT_ROW_FETCH_SIZE, "0",
            // The server infers the types of parameters.
            PGProperty.STRING_TYPE, "unspecified");

    private final SessionSettings sessionSettings;
    private final StatementFrame frame;
    private final Initializer initializer;

    /**
     * Creates a data source for a server.
     *
     * @param frame the statements around callers' statements
     * @param maxRowBytes the maximum number of bytes for the rows of one exchange
     * @param initializer runs on each connection before its first use
     */
    public GuardedDataSource(
            ConnectionString server,
            SessionSettings sessionSettings,
            StatementFrame frame,
            int maxRowBytes,
            Initializer initializer) {
        super(server, DEFAULTS, fixedProperties(maxRowBytes));
        this.sessionSettings = sessionSettings;
        this.frame = frame;
        this.initializer = initializer;
    }

    private static Map<PGProperty, String> fixedProperties(int maxRowBytes) {
        var all = new HashMap<>(FIXED);
        all.putAll(BoundedSocketFactory.properties(maxRowBytes));
        return all;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute(sessionSettings.script());
            frame.open(connection);
            initializer.initialize(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Prepares each connection before its first use. */
    @FunctionalInterface
    public interface Initializer {
        /** Prepares a connection that has all session settings and that no call uses yet. */
        void initialize(Connection connection) throws SQLException;
    }
}
