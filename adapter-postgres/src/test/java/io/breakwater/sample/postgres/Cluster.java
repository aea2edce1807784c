package io.breakwater.sample.postgres;

import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.server.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the test's own, from Debian's package {@code postgresql-15}, that can be stopped, frozen and copied.
 */
public final class Cluster implements AutoCloseable {
    private static final String REPLAY_CAME_FIRST = "40001";

    private final Path folder = Programs.newFolder();
    private final int port = Servers.freePort();

    private Cluster() {}

    /** A new running cluster that trusts all clients. */
    public static Cluster start() {
        Servers.requireAllowed();
        var cluster = new Cluster();
        Programs.run("initdb", "-D", cluster.data(), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8");
        cluster.resume();
        return cluster;
    }

    /** A running replica that follows it. */
    public Cluster replica() {
        var replica = new Cluster();
        Programs.run(
                "pg_basebackup",
                "-D",
                replica.data(),
                "-U",
                "postgres",
                "-h",
                "127.0.0.1",
                "-p",
                "" + port,
                "-R",
                "-c",
                "fast",
                "-X",
                "stream");
        replica.resume();
        return replica;
    }

    /** Where it listens. */
    int port() {
        return port;
    }

    /** As a setting writes it, for that role. */
    public String url(String role) {
        return "postgresql://" + role + "@127.0.0.1:" + port + "/postgres";
    }

    /** Runs statements as the superuser, each on its own. */
    public void execute(String... statements) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number of connections of this role in this state, without those of LSN probes. */
    public int sessions(String role, String state) {
        try (var connection = connect();
                var question = connection.prepareStatement(
                        "SELECT count(*) FROM pg_stat_activity WHERE usename = ? AND state = ?"
                                + " AND application_name <> 'breakwater-watch'")) {
            question.setString(1, role);
            question.setString(2, state);
            try (var row = question.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            if (REPLAY_CAME_FIRST.equals(e.getSQLState())) {
                return sessions(role, state);
            }
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
    }

    /** Ends it at once, as a crash does. */
    public void stop() {
        Programs.run("pg_ctl", "-D", data(), "-m", "immediate", "-s", "stop");
    }

    /** Runs it again on the same port. */
    public void resume() {
        var options =
                "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200";
        Programs.run("pg_ctl", "-D", data(), "-w", "-s", "-l", folder + "/log", "-o", options, "start");
    }

    /** Keeps all of its processes from running. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets them go on. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        processes().toList().forEach(process -> signal(process, signal));
    }

    /** A process that has ended since it was listed needs none. */
    private void signal(ProcessHandle process, String signal) {
        try {
            Programs.command(List.of("kill", signal, Long.toString(process.pid())));
        } catch (IllegalStateException e) {
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    private Stream<ProcessHandle> processes() {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(Path.of(data(), "postmaster.pid")).getFirst());
            var postmaster = ProcessHandle.of(pid).orElseThrow();
            return Stream.concat(Stream.of(postmaster), postmaster.children());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isRunning() {
        return Files.exists(Path.of(data(), "postmaster.pid"));
    }

    @Override
    public void close() {
        if (isRunning()) {
            thaw();
            stop();
        }
        Scratch.delete(folder);
    }

    private String data() {
        return folder.resolve("data").toString();
    }
}
