package io.breakwater.sample.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.breakwater.sample.waiting.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A service on a socket of its own, which answers each request as a script says, byte by byte. */
public final class ScriptedService implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<List<?>> serverNames = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private final CountDownLatch closedByClient = new CountDownLatch(1);

    /** Answers one request; the connection stays open for the next one unless the script fails. */
    @FunctionalInterface
    public interface Script {
        void answer(String request, OutputStream out) throws IOException;
    }

    private ScriptedService(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    /** On an address of this machine; port 0 is a free one. */
    public static ScriptedService on(String address, int port, Script script) {
        try {
            return new ScriptedService(new ServerSocket(port, 50, InetAddress.getByName(address)), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the loopback address, with a response that never changes. */
    public static ScriptedService saying(String response) {
        return on("127.0.0.1", 0, (request, out) -> out.write(bytes(response)));
    }

    /** On the loopback address, with TLS. */
    public static ScriptedService secure(SSLContext context, Script script) {
        try {
            return new ScriptedService(
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A response with that body, whose line ends are CR LF in its head. */
    public static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** The characters of a message as they are sent. */
    public static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** The port of the service. */
    public int port() {
        return server.getLocalPort();
    }

    /** The next request, with its head and body. */
    public String nextRequest() {
        try {
            var request = requests.poll(Eventually.SECONDS, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no request came");
            }
            return request;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number of connections until now. */
    public int connections() {
        return connections.get();
    }

    /** The server names that the TLS clients sent. */
    public List<List<?>> serverNames() {
        return List.copyOf(serverNames);
    }

    /** The number of complete requests until now, also those that {@link #nextRequest} returned. */
    public int requestCount() {
        return received.get();
    }

    /** Waits until a client has closed a connection. */
    public boolean sawTheClientClose() {
        try {
            return closedByClient.await(Eventually.SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (socket instanceof SSLSocket tls) {
                tls.startHandshake();
                serverNames.add(((ExtendedSSLSession) tls.getSession()).getRequestedServerNames());
            }
            var in = socket.getInputStream();
            for (var request = request(in); !request.isEmpty(); request = request(in)) {
                received.incrementAndGet();
                requests.add(request);
                script.answer(request, socket.getOutputStream());
            }
        } catch (IOException broken) {
            // a client may go
        } finally {
            closedByClient.countDown();
        }
    }

    private static String request(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (head.toString(US_ASCII).endsWith("\r\n\r\n")) {
                return head.toString(ISO_8859_1) + body(head.toString(ISO_8859_1), in);
            }
        }
        return "";
    }

    private static String body(String head, InputStream in) throws IOException {
        var length = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
        return new String(in.readNBytes(length), ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
