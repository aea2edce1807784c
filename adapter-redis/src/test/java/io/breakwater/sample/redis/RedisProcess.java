package io.breakwater.sample.redis;

import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.server.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One process of redis-server with a folder of its own, that can be killed, frozen and started again. */
final class RedisProcess {
    private final List<String> command;
    private final Path folder;
    private volatile Process process;

    /** Starts it; it need not answer yet. */
    RedisProcess(RedisProgram program, Collection<String> arguments) {
        this.folder = newFolder();
        this.command = new ArrayList<>(List.of(program.path().toString()));
        this.command.addAll(arguments);
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    private Process launch() {
        Servers.requireAllowed();
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it on the spot, as the kernel does when memory is short. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void end() {
        kill();
        Scratch.delete(folder);
    }

    /** Starts it again, as it was started first. */
    void restart() {
        process = launch();
    }

    /** Lets it keep its connections and do nothing. */
    void freeze() {
        signal("STOP");
    }

    /** Lets it go on. */
    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " failed: " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it said. */
    String output() {
        try {
            return command + "\n" + Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("redis-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with that content, which the process may rewrite. */
    static Path file(String content) {
        try {
            return Files.writeString(Scratch.folder("redis-").resolve("redis.conf"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that is free, as is the one a node of a cluster takes beside it. */
    static int freePort() {
        while (true) {
            int port = Servers.freePort();
            if (isFree(port + 10_000)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
