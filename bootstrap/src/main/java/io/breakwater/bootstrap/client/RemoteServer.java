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
 * A server at a URL. The first question is asked in the stateless revision; a server that does not know it gets a
 * session, and all further questions there.
 */
public final class RemoteServer implements McpTarget {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final URI url;
    private final Duration timeout;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private long lastId;
    private boolean stateless = true;
    private @Nullable String session;

    /**
     * The server there.
     *
     * @param url of its MCP endpoint
     * @param timeout for each answer
     */
    public RemoteServer(URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    @Override
    public Json.Obj ask(ServerQuery question) {
        if (stateless && lastId == 0) {
            try {
                return modern(question);
            } catch (RemoteErrorException unknown) {
                if (!beginSession(unknown)) {
                    throw unknown;
                }
            }
        }
        return stateless ? modern(question) : legacy(question);
    }

    private Json.Obj modern(ServerQuery question) {
        var request = post(MessageFormat.MODERN).header("Mcp-Method", question.method());
        if (question.name() != null) {
            request.header("Mcp-Name", encoded(question.name()));
        }
        question.mirrored().forEach((name, value) -> request.header(name, encoded(value)));
        long id = ++lastId;
        return result(send(request, MessageFormat.modern(id, question)), id);
    }

    private Json.Obj legacy(ServerQuery question) {
        long id = ++lastId;
        return result(send(inSession(), MessageFormat.legacy(id, question)), id);
    }

    /** False when this server does not begin sessions either, so that the first error is the one to tell. */
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
            stateless = false;
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

    /** Plain where a header field can carry it, else as the specification encodes it. */
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
            } catch (UnreachableServerException gone) {
                session = null;
            }
        }
        client.shutdownNow();
    }
}
