package io.breakwater.adapter.postgres.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;

/**
 * Detects a server that uses another protocol, for example because the address has the wrong port. PostgreSQL never
 * sends first, so a greeting reveals another protocol; an HTTP server waits for a request and answers it.
 */
final class ForeignProtocolDetector {
    private static final byte[] REQUEST = "GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII);
    private static final int CONNECT_MILLIS = 1_000;
    private static final int GREETING_MILLIS = 500;
    private static final int ANSWER_MILLIS = 1_000;
    private static final int PREFIX_LENGTH = 5;

    private ForeignProtocolDetector() {}

    /** Returns the failure for the other protocol of one of the hosts; empty when all may be PostgreSQL servers. */
    static Optional<ConnectionFailure> detect(List<InetSocketAddress> hosts) {
        return hosts.stream()
                .map(ForeignProtocolDetector::detect)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ConnectionFailure> detect(InetSocketAddress host) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.getHostString(), host.getPort()), CONNECT_MILLIS);
            var greeting = readPrefix(socket, GREETING_MILLIS);
            if (!greeting.isEmpty()) {
                return Optional.of(
                        greeting.startsWith("SSH-") ? ConnectionFailure.SSH : ConnectionFailure.NOT_POSTGRESQL);
            }
            socket.getOutputStream().write(REQUEST);
            return readPrefix(socket, ANSWER_MILLIS).equals("HTTP/")
                    ? Optional.of(ConnectionFailure.HTTP)
                    : Optional.empty();
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }

    /** Reads the first characters; fewer or none when the server sends no more in time. */
    private static String readPrefix(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        var bytes = new byte[PREFIX_LENGTH];
        int read = 0;
        try {
            for (int more = 0;
                    more >= 0 && read < PREFIX_LENGTH;
                    more = socket.getInputStream().read(bytes, read, PREFIX_LENGTH - read)) {
                read += more;
            }
        } catch (SocketTimeoutException silent) {
            // The bytes that have arrived are enough.
        }
        return new String(bytes, 0, read, US_ASCII);
    }
}
