package io.breakwater.bootstrap.client;

import io.breakwater.port.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A server at a URL. The first request uses the modern revision; with a server that does not support it, the client
 * begins a session and uses it for all further requests.
 */
public final class RemoteServer implements McpTarget {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final URI url;
    private final Duration timeout;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private long lastId;
    private boolean modern = true;
    private @Nullable String session;

    /**
     * Creates the client of a server.
     *
     * @param url the URL of its MCP endpoint
     * @param timeout the maximum time for each answer
     */
    public RemoteServer(URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    @Override
    public Json.Obj ask(ServerQuery query) {
        if (modern && lastId == 0) {
            try {
                return sendModern(query);
            } catch (RemoteErrorException unknown) {
                if (!beginSession(unknown)) {
                    throw unknown;
                }
            }
        }
        return modern ? sendModern(query) : sendLegacy(query);
    }

    private Json.Obj sendModern(ServerQuery query) {
        var request = post(MessageFormat.MODERN).header("Mcp-Method", query.method());
        if (query.name() != null) {
            request.header("Mcp-Name", encoded(query.name()));
        }
        query.mirrored().forEach((name, value) -> request.header(name, encoded(value)));
        long id = ++lastId;
        return result(send(request, MessageFormat.modern(id, query)), id);
    }

    private Json.Obj sendLegacy(ServerQuery query) {
        long id = ++lastId;
        return result(send(inSession(), MessageFormat.legacy(id, query)), id);
    }

    /** Begins a session; returns false when the server refuses this too, so that the caller reports the first error. */
    private boolean beginSession(RemoteErrorException first) {
        if (first.code() == 401 || first.code() == 403) {
            return false;
        }
        try {
            long id = ++lastId;
            var response = send(post(MessageFormat.LEGACY), MessageFormat.initialize(id));
            result(response, id);
            session = response.headers().firstValue("Mcp-Session-Id").orElse(null);
            send(inSession(), MessageFormat.initialized());
            modern = false;
            return true;
        } catch (RemoteErrorException neither) {
            first.addSuppressed(neither);
            return false;
        }
    }

    private HttpRequest.Builder post(String version) {
        return HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", version);
    }

    private HttpRequest.Builder inSession() {
        var request = post(MessageFormat.LEGACY);
        return session == null ? request : request.header("Mcp-Session-Id", session);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, byte[] message) {
        return HttpRequests.send(
                client,
                request.POST(HttpRequest.BodyPublishers.ofByteArray(message)).build());
    }

    private static Json.Obj result(HttpResponse<byte[]> response, long id) {
        var type = response.headers().firstValue("Content-Type").orElse("");
        var found = type.startsWith("text/event-stream")
                ? fromEvents(response.body(), id)
                : MessageFormat.result(response.body(), id);
        if (found == null) {
            throw new RemoteErrorException(
                    response.statusCode(), "The server answered HTTP " + response.statusCode() + " without a result.");
        }
        return found;
    }

    private static Json.@Nullable Obj fromEvents(byte[] body, long id) {
        for (var line : new String(body, StandardCharsets.UTF_8).lines().toList()) {
            var data =
                    line.startsWith("data:") ? line.substring("data:".length()).strip() : "";
            var found = data.isEmpty() ? null : MessageFormat.result(data.getBytes(StandardCharsets.UTF_8), id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Returns the value unchanged if a header field can contain it, otherwise encoded as the specification requires.
     */
    private static String encoded(String value) {
        boolean plain = value.chars().allMatch(c -> c >= ' ' && c < 0x7f)
                && value.equals(value.strip())
                && !value.startsWith("=?base64?");
        return plain
                ? value
                : "=?base64?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    /** Ends the session, if one was begun. */
    @Override
    public void close() {
        if (session != null) {
            try {
                HttpRequests.send(client, inSession().DELETE().build());
            } catch (UnreachableServerException unreachable) {
                session = null;
            }
        }
        client.shutdownNow();
    }
}
