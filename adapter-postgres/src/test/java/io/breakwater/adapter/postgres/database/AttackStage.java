package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.sample.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * A database with everything that the attacks aim at, and a superuser who sees from outside whether one has hit. What
 * was hit is repaired where little was; else it is dropped, and a copy of what was there in the beginning takes its
 * place.
 */
final class AttackStage implements AutoCloseable {
    /** The secret that no statement may return. */
    static final String SECRET = "hunter2";

    private static final AtomicInteger COPIES = new AtomicInteger();

    /** The state that outlives connections. */
    private static final String FACTS = """
            SELECT concat_ws(' ', 'item', id, name, xmin, CASE WHEN xmax <> '0'
              AND pg_xact_status(xmax::text::xid8) = 'committed' THEN 'locked or changed by ' || xmax END) AS fact FROM item
            UNION ALL SELECT concat_ws(' ', 'relation', oid::regclass, relfilenode, reltuples, relacl, relnatts)
              FROM pg_class WHERE oid >= 16384 OR relnamespace = pg_my_temp_schema()
            UNION ALL SELECT 'sequence ' || last_value || is_called FROM numbers
            UNION ALL SELECT 'functions ' || count(*) FROM pg_proc
            UNION ALL SELECT 'extension ' || extname FROM pg_extension
            UNION ALL SELECT 'comment ' || description FROM pg_description WHERE objoid >= 16384
            UNION ALL SELECT 'analysed ' || count(*) FROM pg_statistic WHERE starelid >= 16384
            UNION ALL SELECT 'large object ' || oid FROM pg_largeobject_metadata
            UNION ALL SELECT 'role ' || rolname FROM pg_authid
            UNION ALL SELECT concat_ws(' ', 'role has', setrole, setconfig) FROM pg_db_role_setting
              WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
            UNION ALL SELECT 'slot ' || slot_name FROM pg_replication_slots
            UNION ALL SELECT concat('statistics since ', stats_reset) FROM pg_stat_database WHERE datname = current_database()
            UNION ALL SELECT 'holds an advisory lock: ' || objid FROM pg_locks WHERE locktype = 'advisory'
            """;

    /** What a connection blocks for others while its transaction lasts. */
    private static final String LOCKS = """
            SELECT 'keeps all from a table' AS fact FROM pg_locks
             WHERE locktype = 'relation' AND relation = 'item'::regclass AND mode = 'AccessExclusiveLock'
            """;

    /** Undoes what attacks do most often, so that few of them cost a database. */
    private static final String REPAIR = """
            SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots;
            BEGIN;
            SET LOCAL lock_timeout = '5s';
            DROP ROLE IF EXISTS evil;
            DELETE FROM item;
            INSERT INTO item VALUES (1, 'one'), (2, 'two');
            SELECT setval('numbers', 1, false);
            COMMIT;
            """;

    /** What is never as it was, and of which nothing has to be undone. */
    private static final Pattern PASSING = Pattern.compile("(statistics since|was told) .*");

    private static final Pattern VERSION_OF_ROW = Pattern.compile("(item \\d+ .*?) \\d+");

    private final PostgresServer server;
    private final Path folder;
    private final Corner corner;
    private final Databases original;
    private CompletableFuture<String> next;
    private String database;
    private Connection watcher;
    private Set<String> beginning;

    /** On a server, with a folder that it can write to. */
    AttackStage(PostgresServer server, Path folder) throws SQLException, IOException {
        this(server, folder, Corner.NONE);
    }

    /** The same, in a corner. */
    AttackStage(PostgresServer server, Path folder, Corner corner) throws SQLException, IOException {
        this.server = server;
        this.folder = folder;
        this.corner = corner;
        this.original = new Databases(server, corner.creation());
        original.prepare(TextSection.resource("stage.sql"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(folder.resolve("secret.txt"), SECRET);
        database = copy();
        next = CompletableFuture.supplyAsync(this::copy);
        watcher = watch();
        beginning = lasting();
    }

    private String copy() {
        var copy = original.name() + "_copy_" + COPIES.incrementAndGet();
        server.execute(
                "postgres",
                "CREATE DATABASE " + copy + " TEMPLATE " + original.name(),
                "REVOKE TEMPORARY ON DATABASE " + copy + " FROM PUBLIC");
        server.execute("postgres", corner.settings(copy).toArray(String[]::new));
        return copy;
    }

    private Connection watch() throws SQLException {
        var connection = login("postgres");
        try (var statement = connection.createStatement()) {
            statement.execute("LISTEN canary");
        }
        return connection;
    }

    /** Takes away what was hit; what is connected to it is closed. */
    void restore() throws SQLException, IOException {
        if (!isRepaired()) {
            renew();
        }
    }

    private boolean isRepaired() throws SQLException, IOException {
        deleteFiles();
        try (var statement = watcher.createStatement()) {
            statement.execute(REPAIR);
        } catch (SQLException moreIsBroken) {
            return false;
        }
        return lasting().equals(beginning);
    }

    /** All that can be seen and that a repair brings back. */
    private Set<String> lasting() throws SQLException, IOException {
        return facts().stream()
                .filter(fact -> !PASSING.matcher(fact).matches())
                .map(fact -> {
                    var row = VERSION_OF_ROW.matcher(fact);
                    return row.matches() ? row.group(1) : fact;
                })
                .collect(Collectors.toSet());
    }

    private void renew() throws SQLException, IOException {
        watcher.close();
        server.execute(
                "postgres",
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots",
                "DROP DATABASE " + database + " WITH (FORCE)",
                "DROP ROLE IF EXISTS evil");
        deleteFiles();
        database = next.join();
        next = CompletableFuture.supplyAsync(this::copy); // it takes long, and is needed often
        watcher = watch();
        beginning = lasting();
    }

    private void deleteFiles() throws IOException {
        for (var file : files()) {
            if (!file.endsWith("secret.txt")) {
                Files.delete(file);
            }
        }
    }

    /** A plain connection. */
    Connection login(String role) throws SQLException {
        return server.connect(database, role);
    }

    /** For a guarded database here. */
    DatabaseSettings settings(String role) {
        return DatabaseSettings.forUrl(ConnectionString.of(server.url(database, role)));
    }

    /** An attack's text, aimed at this stage. */
    String aimed(String text) {
        return text.replace("{folder}", folder.toString())
                .replace("{port}", Integer.toString(server.port()))
                .replace("{database}", database);
    }

    /** All that can be seen from outside. */
    Set<String> facts() throws SQLException, IOException {
        var facts = ask(watcher, FACTS);
        var notifications = watcher.unwrap(PGConnection.class).getNotifications();
        if (notifications != null) {
            Stream.of(notifications).forEach(told -> facts.add("was told " + told.getParameter()));
        }
        for (var file : files()) {
            facts.add("file " + file.getFileName());
        }
        return facts;
    }

    private Set<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.collect(Collectors.toSet());
        }
    }

    /** What can be seen while an attack's transaction may still be open. */
    Set<String> locks() throws SQLException {
        return ask(watcher, LOCKS);
    }

    /** The state of the connection, as it reports it. */
    static Set<String> session(Connection connection) throws SQLException {
        var timeout = ask(connection, "SHOW statement_timeout").iterator().next();
        execute(connection, "SET statement_timeout = 0"); // a slow machine needs more time than a layer gives attacks
        var facts = ask(connection, "SELECT fact FROM public.canary_session()");
        execute(connection, "SET statement_timeout = '" + timeout + "'");
        facts.add(timeout);
        return facts;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Set<String> ask(Connection connection, String question) throws SQLException {
        var facts = new TreeSet<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            while (rows.next()) {
                facts.add(rows.getString(1));
            }
        }
        return facts;
    }

    /** What is in one of them only. */
    static Set<String> difference(Set<String> before, Set<String> after) {
        return Stream.concat(before.stream(), after.stream())
                .filter(fact -> !before.contains(fact) || !after.contains(fact))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() throws SQLException {
        watcher.close();
    }
}
