package io.breakwater.adapter.postgres.database;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a PostgreSQL and counts what the client says: every Sync and every simple query makes the
 * server answer, so their number is that of round trips.
 */
final class Relay implements AutoCloseable {
    private static final int START_UP = 0;

    private final ServerSocket door;
    private final int port;
    private final Map<Integer, AtomicInteger> said = new ConcurrentHashMap<>();
    private final Set<Socket> open = Collections.newSetFromMap(new ConcurrentHashMap<>());

    Relay(int port) throws IOException {
        this.port = port;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    /** How many round trips there were so far. */
    int roundTrips() {
        return said('S') + said('Q');
    }

    /** How many statements were sent to be parsed so far. */
    int statements() {
        return said('P') + said('Q');
    }

    private int said(char type) {
        return said.getOrDefault((int) type, new AtomicInteger()).get();
    }

    private void serve() {
        try {
            while (true) {
                var client = door.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(client);
                open.add(server);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Thread.startVirtualThread(() -> listen(client, server));
                Thread.startVirtualThread(() -> answer(server, client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void listen(Socket client, Socket server) {
        try (client;
                server) {
            var in = new DataInputStream(client.getInputStream());
            int type = START_UP;
            while (true) {
                type = pass(in, server.getOutputStream(), type);
            }
        } catch (IOException closed) {
            // one side is gone, and now the other one
        }
    }

    /** Passes one message on; those before the server has accepted the client begin without a letter. */
    private int pass(DataInputStream in, OutputStream out, int before) throws IOException {
        var message = new ByteArrayOutputStream();
        int type = before == START_UP ? START_UP : in.readUnsignedByte();
        if (type != START_UP) {
            message.write(type);
        }
        int length = in.readInt();
        message.write(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        message.write(in.readNBytes(length - Integer.BYTES));
        said.computeIfAbsent(type, unseen -> new AtomicInteger()).incrementAndGet(); // before anybody hears of it
        out.write(message.toByteArray());
        out.flush();
        return isRequest(message.toByteArray(), type) ? START_UP : 'p';
    }

    /** For encryption, or to cancel: no start-up yet. */
    private static boolean isRequest(byte[] message, int type) {
        return type == START_UP && message[4] == 4 && message[5] == (byte) 0xd2;
    }

    private static void answer(Socket server, Socket client) {
        try (client;
                server) {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException closed) {
            // one side is gone, and now the other one
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
