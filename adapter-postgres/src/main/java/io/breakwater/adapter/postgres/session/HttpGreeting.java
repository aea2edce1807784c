package io.breakwater.adapter.postgres.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Tells a web server by its answer: an address with the wrong port often leads to one. */
final class HttpGreeting {
    private static final byte[] REQUEST = "GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII);
    private static final int PATIENCE_MILLIS = 1_000;

    private HttpGreeting() {}

    /** Whether one of them answers as HTTP does. A PostgreSQL server closes the connection. */
    static boolean isSpokenBy(List<InetSocketAddress> hosts) {
        return hosts.stream().anyMatch(HttpGreeting::isSpokenBy);
    }

    private static boolean isSpokenBy(InetSocketAddress host) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.getHostString(), host.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(REQUEST);
            return new String(socket.getInputStream().readNBytes(5), US_ASCII).equals("HTTP/");
        } catch (IOException silent) {
            return false;
        }
    }
}
