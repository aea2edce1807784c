package io.breakwater.adapter.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.contract.TransportContract.Client;
import io.breakwater.port.contract.TransportContract.Sent;
import io.breakwater.sample.waiting.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Two pipes of the operating system, with a transport at one end and a client at the other. */
final class Wires implements AutoCloseable {
    private static final String END = "";

    final InputStream serverIn;
    final OutputStream serverOut;
    private final OutputStream toServer;
    private final InputStream fromServer;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Wires() {
        try {
            var there = Pipe.open();
            var back = Pipe.open();
            serverIn = Channels.newInputStream(there.source());
            toServer = Channels.newOutputStream(there.sink());
            serverOut = Channels.newOutputStream(back.sink());
            fromServer = Channels.newInputStream(back.source());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StdioTransport transport(StdioSettings settings) {
        return StdioTransport.on(serverIn, serverOut, settings);
    }

    /** Begins to read what the server says. */
    Wires reading() {
        Thread.ofPlatform().daemon().start(this::readAll);
        return this;
    }

    Client client() {
        return new Client() {
            @Override
            public Sent send(String message) {
                write(message + "\n");
                return Wires.this::line;
            }

            @Override
            public void close() {
                Wires.this.close();
            }
        };
    }

    void write(String text) {
        write(text.getBytes(UTF_8));
    }

    void write(byte[] bytes) {
        try {
            toServer.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line the server wrote. */
    String line() {
        try {
            var line = lines.poll(Eventually.SECONDS, TimeUnit.SECONDS);
            return Objects.requireNonNull(line, "The server wrote nothing");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** True when the server has written nothing more than what was asked for. */
    boolean silent() {
        return lines.isEmpty();
    }

    /** The client says no more. */
    void closeInput() {
        closed(toServer);
    }

    /** The client reads no more. */
    void closeOutput() {
        closed(fromServer);
    }

    @Override
    public void close() {
        closeInput();
        closeOutput();
    }

    private void readAll() {
        try (var reader = new BufferedReader(new InputStreamReader(fromServer, UTF_8))) {
            for (@Nullable String line; (line = reader.readLine()) != null; ) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add(END);
        }
    }

    private static void closed(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
