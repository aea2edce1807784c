package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.connection.ServerDataSource;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
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
 * Migrates the store's schema to the version of this program. Replicas that start at the same time wait for each other
 * with a lock of the database; the second one finds nothing to do.
 */
@OutageBehavior(
        guard = "store schema",
        dependency = GuardDependency.STORE,
        failure = "migrated by a newer server",
        effect = OutageEffect.DENY,
        behavior = "Calls that need the store fail with `EXTERNAL_ERROR`; nothing is written.",
        recovery = "Update this server, or restore the store from a backup.",
        signal = "health cause `store`, with both versions",
        details = "store.md#migrations")
final class StoreSchema {
    /** The socket timeout of migrations, in seconds, so that no statement hangs on an unresponsive server. */
    private static final String SOCKET_SECONDS = "60";

    private final String name;
    private final String quotedName;
    private final DataSource source;
    private final Flyway flyway;
    private final String setting;

    StoreSchema(StoreSettings settings, SettingNames names) {
        setting = names.nameOf("StoreSettings.schema");
        name = settings.schema();
        quotedName = settings.quotedSchema();
        source = new ServerDataSource(
                settings.url(),
                Map.of(PGProperty.CONNECT_TIMEOUT, "5", PGProperty.LOGIN_TIMEOUT, "10"),
                Map.of(PGProperty.APPLICATION_NAME, "breakwater-migration", PGProperty.SOCKET_TIMEOUT, SOCKET_SECONDS));
        flyway = Flyway.configure(StoreSchema.class.getClassLoader())
                .dataSource(source)
                .schemas(name)
                .createSchemas(false) // Flyway would retry for ten seconds when the role may not create schemas
                .table("schema_history")
                .resourceProvider(new Migrations())
                .javaMigrationClassProvider(List::of)
                .ignoreMigrationPatterns(new String[0]) // an unknown migration comes from a newer version
                .group(true)
                .loggers("slf4j")
                .load();
    }

    /**
     * Creates the schema if it is missing, and applies missing migrations.
     *
     * @return the number of applied migrations
     * @throws PortException.RefusedException when this program must not use the schema
     */
    int migrate() throws SQLException {
        try {
            createSchema();
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayValidateException e) {
            throw new PortException.RefusedException(sentence(), e);
        }
    }

    private void createSchema() throws SQLException {
        try (var connection = source.getConnection();
                var exists = connection.prepareStatement("SELECT FROM pg_namespace WHERE nspname = ?");
                var create = connection.createStatement()) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                create.execute("CREATE SCHEMA IF NOT EXISTS " + quotedName);
            }
        } catch (PSQLException e) {
            boolean createdConcurrently = PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState());
            if (!createdConcurrently) {
                throw e;
            }
        }
    }

    private String sentence() {
        var current = flyway.info().current();
        return current != null && current.getVersion().isNewerThan(Migrations.NEWEST)
                ? "A newer version of Breakwater created the store's schema " + name + ": it has version "
                        + current.getVersion() + ", and this server supports version " + Migrations.NEWEST
                        + ". Update this server, or set another schema in " + setting + "."
                : "The store's schema " + name + " does not match its migrations. Restore it from a backup, or set"
                        + " another schema in " + setting + ".";
    }
}
