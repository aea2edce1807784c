package io.breakwater.adapter.postgres.connection;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.ServerDataSource;
import io.breakwater.adapter.postgres.net.BoundedSocketFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.PGProperty;

/** Opens connections in which statements of strangers can run: the driver does what it is told and nothing else. */
public final class GuardedDataSource extends ServerDataSource {
    private static final Map<PGProperty, String> UNLESS_SAID = Map.of(
            PGProperty.APPLICATION_NAME, "breakwater",
            PGProperty.CONNECT_TIMEOUT, "5",
            PGProperty.SOCKET_TIMEOUT, "10",
            PGProperty.CANCEL_SIGNAL_TIMEOUT, "2");

    private static final Map<PGProperty, String> ALWAYS = Map.of(
            // So that our name is part of what the session begins with, and comes back when all else is discarded.
            PGProperty.ASSUME_MIN_SERVER_VERSION, "15",
            PGProperty.TCP_KEEP_ALIVE, "true",
            PGProperty.PREFER_QUERY_MODE, "extended",
            // A prepared statement of one call would be there for the next.
            PGProperty.PREPARE_THRESHOLD, "0",
            PGProperty.BINARY_TRANSFER, "false",
            PGProperty.AUTOSAVE, "never",
            PGProperty.DEFAULT_ROW_FETCH_SIZE, "0",
            // The server decides of which type a parameter is.
            PGProperty.STRING_TYPE, "unspecified");

    private final SessionSettings pinned;
    private final StatementFrame frame;
    private final Greeting greeting;

    /**
     * To that server.
     *
     * @param frame what surrounds the statements
     * @param ration how many bytes the rows of one exchange may take
     * @param greeting what is done with each connection before it is used
     */
    public GuardedDataSource(
            ConnectionString server, SessionSettings pinned, StatementFrame frame, int ration, Greeting greeting) {
        super(server, UNLESS_SAID, always(ration));
        this.pinned = pinned;
        this.frame = frame;
        this.greeting = greeting;
    }

    private static Map<PGProperty, String> always(int ration) {
        var all = new HashMap<>(ALWAYS);
        all.putAll(BoundedSocketFactory.properties(ration));
        return all;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute(pinned.script());
            frame.open(connection);
            greeting.greet(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** What is done with each connection before it is used. */
    @FunctionalInterface
    public interface Greeting {
        /** The connection is ours alone, with all settings pinned. */
        void greet(Connection connection) throws SQLException;
    }
}
