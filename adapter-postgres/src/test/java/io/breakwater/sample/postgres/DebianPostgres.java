package io.breakwater.sample.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL 15 from Debian's package {@code postgresql-15}. It refuses to run as root, so root runs it as its user. */
final class DebianPostgres extends PostgresServer {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

    private final int port = freePort();

    private DebianPostgres() {
        try {
            var folder = Files.createTempDirectory("postgres15-");
            boolean root = "root".equals(System.getProperty("user.name"));
            if (root) {
                run(List.of("chown", "postgres", folder.toString()));
            }
            var data = folder.resolve("data").toString();
            run(asUser(root, "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"));
            var options = "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off"
                    + " -c max_connections=200";
            run(asUser(root, "pg_ctl", "-D", data, "-w", "-s", "-l", folder + "/log", "-o", options, "start"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(root, data)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    private static void stop(boolean root, String data) {
        try {
            run(asUser(root, "pg_ctl", "-D", data, "-m", "immediate", "-s", "stop"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> asUser(boolean root, String program, String... arguments) {
        var command = new ArrayList<String>();
        if (root) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(PROGRAMS.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command) throws IOException {
        var output = Files.createTempFile("postgres15-", ".out");
        try {
            var process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(output);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final class Holder {
        static final PostgresServer SERVER = new DebianPostgres();

        private Holder() {}
    }
}
