package io.breakwater.sample.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Debian's programs of PostgreSQL 15. They refuse to run as root, so root runs them as the user {@code postgres}. */
final class Programs {
    private static final Path FOLDER = Path.of("/usr/lib/postgresql/15/bin");
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private Programs() {}

    /** A new folder in which they may write. */
    static Path newFolder() {
        try {
            var folder = Files.createTempDirectory("cluster-");
            if (ROOT) {
                command(List.of("chown", "postgres", folder.toString()));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one of them to its end. */
    static void run(String program, String... arguments) {
        var command = new ArrayList<String>();
        if (ROOT) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(FOLDER.resolve(program).toString());
        command.addAll(List.of(arguments));
        command(command);
    }

    /** Runs any command to its end, as the current user. */
    static void command(List<String> command) {
        try {
            var output = Files.createTempFile("cluster-", ".out");
            try {
                run(command, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void run(List<String> command, Path output) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed: " + Files.readString(output));
        }
    }
}
