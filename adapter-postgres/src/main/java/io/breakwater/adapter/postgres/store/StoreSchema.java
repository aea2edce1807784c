package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.ServerDataSource;
import io.breakwater.port.PortException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * The store's schema, brought to the version this program knows. Replicas that start together take turns by a lock that
 * the server holds; whoever comes second finds nothing to do.
 */
final class StoreSchema {
    /** For the whole of a migration: no statement of ours may hang on a server that has stopped answering. */
    private static final String SOCKET_SECONDS = "60";

    private final String name;
    private final String quoted;
    private final DataSource source;
    private final Flyway flyway;

    StoreSchema(StoreSettings settings) {
        name = settings.schema();
        quoted = settings.quotedSchema();
        source = new ServerDataSource(
                settings.url(),
                Map.of(PGProperty.CONNECT_TIMEOUT, "5", PGProperty.LOGIN_TIMEOUT, "10"),
                Map.of(PGProperty.APPLICATION_NAME, "breakwater-migration", PGProperty.SOCKET_TIMEOUT, SOCKET_SECONDS));
        flyway = Flyway.configure(StoreSchema.class.getClassLoader())
                .dataSource(source)
                .schemas(name)
                .createSchemas(false) // it would try for ten seconds where we may not
                .table("schema_history")
                .resourceProvider(new Migrations())
                .javaMigrationClassProvider(List::of)
                .ignoreMigrationPatterns(new String[0]) // a migration we do not know was made by a newer program
                .group(true)
                .loggers("slf4j")
                .load();
    }

    /**
     * Makes what is missing.
     *
     * @return how many migrations were needed
     * @throws PortException.RefusedException when it is a schema that this program must not use
     */
    int migrate() throws SQLException {
        try {
            make();
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayValidateException e) {
            throw new PortException.RefusedException(sentence(), e);
        }
    }

    private void make() throws SQLException {
        try (var connection = source.getConnection();
                var exists = connection.prepareStatement("SELECT FROM pg_namespace WHERE nspname = ?");
                var create = connection.createStatement()) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                create.execute("CREATE SCHEMA IF NOT EXISTS " + quoted);
            }
        } catch (PSQLException e) {
            boolean otherWasFaster = PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState());
            if (!otherWasFaster) {
                throw e;
            }
        }
    }

    private String sentence() {
        var current = flyway.info().current();
        return current != null && current.getVersion().isNewerThan(Migrations.NEWEST)
                ? "The store's schema " + name + " was made by a newer Breakwater: it is at version "
                        + current.getVersion() + ", and this one knows version " + Migrations.NEWEST
                        + ". Update this server, or give it a schema of its own."
                : "The store's schema " + name + " is not what its migrations made. Restore it from a backup, or give"
                        + " this server another schema.";
    }
}
