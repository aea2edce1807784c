package io.breakwater.adapter.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A server that runs as a child process. */
final class ServerProcess implements StdioClientTransport.Peer {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Process process;

    ServerProcess(Process process) {
        this.process = process;
    }

    InputStream output() {
        return process.getInputStream();
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    @Override
    public String describeEnd() {
        try {
            return process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                    ? "The server process has ended with exit code " + process.exitValue() + "."
                    : "The server process has closed its output.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "The server process has closed its output.";
        }
    }

    /** A server ends when its input ends; otherwise it is asked to end, and then killed. */
    @Override
    public void close() {
        Thread.startVirtualThread(this::closeInput);
        try {
            if (!hasEnded()) {
                process.destroy();
                if (!hasEnded()) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasEnded() throws InterruptedException {
        return process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Blocks while the server does not read what was already written. */
    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            // The server has ended.
        }
    }
}
