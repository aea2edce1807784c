package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.sample.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens guarded databases on a server and closes them after the test. Each test has a database of its own,
 * {@link #name}, in which the role {@value #READER} may read what it is granted and do nothing else.
 */
final class Databases implements AfterEachCallback {
    static final String READER = "reader";

    private final PostgresServer server;
    private final List<PostgresDatabase> open = new ArrayList<>();
    private final String name;

    Databases(PostgresServer server) {
        this(server, "");
    }

    /** With options of CREATE DATABASE. */
    Databases(PostgresServer server, String options) {
        this.server = server;
        this.name = server.newDatabase(options);
        server.execute(
                name,
                "DO $$ BEGIN CREATE ROLE " + READER + " LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                "REVOKE TEMPORARY ON DATABASE " + name + " FROM PUBLIC",
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO " + READER);
    }

    String name() {
        return name;
    }

    PostgresServer server() {
        return server;
    }

    /** Runs statements as the owner of everything. */
    void prepare(String... statements) {
        server.execute(name, statements);
    }

    /** For the reader. */
    DatabaseSettings settings() {
        return settings(READER);
    }

    DatabaseSettings settings(String role) {
        return DatabaseSettings.forUrl(ConnectionString.of(server.url(name, role)))
                .withPool(PoolSettings.of(1, 4));
    }

    PostgresDatabase open() {
        return open(settings());
    }

    PostgresDatabase open(DatabaseSettings settings) {
        var database = PostgresDatabase.open(settings);
        open.add(database);
        return database;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(PostgresDatabase::close);
        open.clear();
    }
}
