package io.breakwater.sample.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL on loopback, started when first asked for and stopped with the process. Tests share it; each takes
 * a {@linkplain #newDatabase() database} of its own.
 */
public abstract class PostgresServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The newest version we support, from binaries that come with the build. */
    public static PostgresServer newest() {
        return BundledPostgres.Holder.SERVER;
    }

    /**
     * The oldest version we support: PostgreSQL 15 as Debian installs it. Tests that use it carry the tag
     * {@code debian}.
     */
    public static PostgresServer oldest() {
        return DebianPostgres.Holder.SERVER;
    }

    /** PostgreSQL 16 or 17, from binaries that come with the build of this module. */
    public static PostgresServer older(int version) {
        return BundledPostgres.of(version);
    }

    /** A cluster of a test's own. */
    public static PostgresServer of(Cluster cluster) {
        return new PostgresServer() {
            @Override
            public int port() {
                return cluster.port();
            }
        };
    }

    /** Where it listens. */
    public abstract int port();

    /** A new empty database, whose owner is the superuser {@code postgres}; all clients are trusted. */
    public final String newDatabase() {
        return newDatabase("");
    }

    /** The same, with options of CREATE DATABASE. */
    public final String newDatabase(String options) {
        var name = "test_" + DATABASES.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name + " " + options);
        return name;
    }

    /** Runs statements as the superuser, each on its own. */
    public final void execute(String database, String... statements) {
        try (var connection = connect(database, "postgres");
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one number that a query of the superuser's answers. */
    public final long number(String database, String sql) throws SQLException {
        try (var connection = connect(database, "postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** A connection as that role. */
    public final Connection connect(String database, String role) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/" + database, role, "");
    }

    /** As a setting writes it: {@code postgresql://role@127.0.0.1:port/database}. */
    public final String url(String database, String role) {
        return "postgresql://" + role + "@127.0.0.1:" + port() + "/" + database;
    }
}
