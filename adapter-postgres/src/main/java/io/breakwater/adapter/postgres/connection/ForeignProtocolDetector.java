package io.breakwater.adapter.postgres.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;

/**
 * Recognizes a server of another protocol: an address with the wrong port often leads to one. PostgreSQL never speaks
 * first, so a greeting tells; HTTP waits for a request and answers it.
 */
final class ForeignProtocolDetector {
    private static final byte[] REQUEST = "GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII);
    private static final int CONNECT_MILLIS = 1_000;
    private static final int GREETING_MILLIS = 500;
    private static final int ANSWER_MILLIS = 1_000;
    private static final int BEGINNING = 5;

    private ForeignProtocolDetector() {}

    /** What one of the hosts speaks; empty where it may be PostgreSQL. A PostgreSQL server closes the connection. */
    static Optional<ConnectFailure> at(List<InetSocketAddress> hosts) {
        return hosts.stream()
                .map(ForeignProtocolDetector::at)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ConnectFailure> at(InetSocketAddress host) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.getHostString(), host.getPort()), CONNECT_MILLIS);
            var greeting = beginning(socket, GREETING_MILLIS);
            if (!greeting.isEmpty()) {
                return Optional.of(greeting.startsWith("SSH-") ? ConnectFailure.SSH : ConnectFailure.NOT_POSTGRESQL);
            }
            socket.getOutputStream().write(REQUEST);
            return beginning(socket, ANSWER_MILLIS).equals("HTTP/")
                    ? Optional.of(ConnectFailure.HTTP)
                    : Optional.empty();
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }

    /** The first characters; fewer or none where the server sends no more in time. */
    private static String beginning(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        var bytes = new byte[BEGINNING];
        int read = 0;
        try {
            for (int more = 0;
                    more >= 0 && read < BEGINNING;
                    more = socket.getInputStream().read(bytes, read, BEGINNING - read)) {
                read += more;
            }
        } catch (SocketTimeoutException silent) {
            // what has arrived will do
        }
        return new String(bytes, 0, read, US_ASCII);
    }
}
