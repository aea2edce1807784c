package io.breakwater.adapter.postgres.connection;

import io.breakwater.adapter.postgres.ConnectionString;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/** Opens connections to one server. Its text form, which libraries may log, contains no secret. */
public class ServerDataSource implements DataSource {
    /** The pool reads this when it closes, and waits this long for a connection attempt in progress. */
    private static final int LOGIN_TIMEOUT_SECONDS = 5;

    private final ConnectionString server;
    private final Map<PGProperty, String> properties;

    /**
     * Creates a data source for a server.
     *
     * @param defaults properties of the driver that apply where the address does not set them
     * @param settings properties of the driver that override those in the address
     */
    public ServerDataSource(
            ConnectionString server, Map<PGProperty, String> defaults, Map<PGProperty, String> settings) {
        this.server = server;
        var all = new HashMap<PGProperty, String>();
        defaults.forEach((property, value) -> {
            if (!server.sets(property)) {
                all.put(property, value);
            }
        });
        all.putAll(settings);
        this.properties = Map.copyOf(all);
    }

    /** The hosts and ports of the server and the name of the database, for operators. */
    public String address() {
        return server.address();
    }

    /** The hosts and ports of the server. */
    public List<InetSocketAddress> hosts() {
        return server.hosts();
    }

    /** Whether the address has a password. */
    public boolean hasPassword() {
        return server.sets(PGProperty.PASSWORD);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return server.connect(properties);
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the role is part of the address");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return LOGIN_TIMEOUT_SECONDS;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.postgresql");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("this data source wraps no other");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
