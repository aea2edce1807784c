package io.breakwater.adapter.postgres.sql;

import io.breakwater.sample.postgres.PostgresServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A connection that sends a text as it is, with no driver between; the server parses it and runs nothing. */
final class RawServer implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    RawServer(PostgresServer server) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(socket.getOutputStream());
        var body = bytes("user", "postgres", "database", "postgres", "client_encoding", "UTF8", "");
        out.writeInt(body.length + 8);
        out.writeInt(3 << 16);
        out.write(body);
        untilReady();
    }

    /** The fields of the server's error, by their letters; none when the text is one statement that it understands. */
    Map<Character, String> parse(String text) throws IOException {
        var message = new ByteArrayOutputStream();
        var body = new DataOutputStream(message);
        body.write(bytes("", text));
        body.writeShort(0);
        out.write('P');
        out.writeInt(message.size() + 4);
        out.write(message.toByteArray());
        out.write('S');
        out.writeInt(4);
        return untilReady();
    }

    private Map<Character, String> untilReady() throws IOException {
        var error = new HashMap<Character, String>();
        while (true) {
            int type = in.readByte();
            var body = in.readNBytes(in.readInt() - 4);
            if (type == 'E') {
                for (var field : new String(body, StandardCharsets.UTF_8).split("\0", -1)) {
                    if (field.isEmpty()) {
                        continue;
                    }
                    error.put(field.charAt(0), field.substring(1));
                }
            } else if (type == 'Z') {
                return error;
            }
        }
    }

    private static byte[] bytes(String... texts) {
        return (String.join("\0", texts) + "\0").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
