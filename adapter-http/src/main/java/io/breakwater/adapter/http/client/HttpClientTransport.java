package io.breakwater.adapter.http.client;

import io.breakwater.port.driven.ClientTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Connects an MCP client to a server at a URL: every message is a POST, whose response is one JSON body or an event
 * stream. Does not follow redirects. The client decides how long it waits for a response; only the time to connect is
 * limited here.
 */
public final class HttpClientTransport implements ClientTransport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);

    private final URI endpoint;
    private final HttpClient client;

    private HttpClientTransport(URI endpoint, HttpClient client) {
        this.endpoint = endpoint;
        this.client = client;
    }

    /**
     * Creates a transport to an MCP endpoint, for example {@code http://127.0.0.1:8080/mcp}. It connects with the first
     * message.
     *
     * @throws IllegalArgumentException when the URL has no host, or a scheme other than http and https
     */
    public static HttpClientTransport to(URI endpoint) {
        return create(endpoint, null);
    }

    /**
     * Creates a transport that trusts other servers over HTTPS than the JDK does.
     *
     * @throws IllegalArgumentException when the URL has no host, or a scheme other than http and https
     */
    public static HttpClientTransport to(URI endpoint, SSLContext tls) {
        return create(endpoint, tls);
    }

    private static HttpClientTransport create(URI endpoint, @Nullable SSLContext tls) {
        boolean http = "http".equalsIgnoreCase(endpoint.getScheme());
        if (endpoint.getHost() == null || !(http || "https".equalsIgnoreCase(endpoint.getScheme()))) {
            throw new IllegalArgumentException(
                    "The URL of an MCP endpoint is like http://127.0.0.1:8080/mcp, not " + endpoint + ".");
        }
        // On plain connections, HTTP/2 would cost an attempt to upgrade.
        var version = http ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
        var client = HttpClient.newBuilder().version(version).connectTimeout(CONNECT_TIMEOUT);
        if (tls != null) {
            client.sslContext(tls);
        }
        return new HttpClientTransport(endpoint, client.build());
    }

    @Override
    public boolean isSession() {
        return false;
    }

    @Override
    public TransportExchange send(OutgoingMessage message, Receiver receiver) {
        var request = request(message.fields())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofByteArray(message.body()));
        return ClientExchange.start(client, request.build(), receiver);
    }

    @Override
    public TransportExchange listen(Map<String, String> fields, Receiver receiver) {
        var request = request(fields).header("Accept", "text/event-stream").GET();
        return ClientExchange.start(client, request.build(), receiver);
    }

    /** A server that does not answer in time, or is gone, ends the session by itself. */
    @Override
    public void end(Map<String, String> fields) {
        var ended = client.sendAsync(request(fields).DELETE().build(), BodyHandlers.discarding());
        try {
            ended.get(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            ended.cancel(true);
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            ended.cancel(true);
        }
    }

    private HttpRequest.Builder request(Map<String, String> fields) {
        var request = HttpRequest.newBuilder(endpoint);
        fields.forEach(request::setHeader);
        return request;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
