package io.breakwater.sample.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Rules for tests that start servers as processes of their own. */
public final class Servers {
    /** Below the ports that systems give to clients, so that none takes the port of a server that is started again. */
    private static final int FIRST_PORT = 12_000;

    private static final int LAST_PORT = 22_000; // a Redis in a cluster takes the one 10,000 above, too

    private Servers() {}

    /** Fails in {@code ./verify --quick}, which leaves out only what is tagged. Called before a server is started. */
    public static void requireAllowed() {
        if (System.getProperty("breakwater.quick") != null) {
            throw new IllegalStateException("A test class that starts a server needs @Tag(\"server\").");
        }
    }

    /** A port on loopback at which nothing listens. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // another one
            }
        }
    }
}
