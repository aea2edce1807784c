package io.breakwater.bootstrap.state;

import io.breakwater.sample.waiting.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client that sends what its test says, in a session or without one. */
final class StoreClient implements AutoCloseable {
    private static final String META =
            "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28','io.modelcontextprotocol/clientCapabilities':"
                    + "{'extensions':{'io.modelcontextprotocol/tasks':{}}}}";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;
    private String session = "";

    StoreClient(URI uri) {
        this.uri = uri;
    }

    /** Begins a session of that revision. */
    StoreClient begin(String revision) {
        var response = get(initialize(revision));
        session = response.headers().firstValue("Mcp-Session-Id").orElseThrow();
        get(send("{'jsonrpc':'2.0','method':'notifications/initialized'}"));
        return this;
    }

    CompletableFuture<HttpResponse<String>> initialize(String revision) {
        return send("{'jsonrpc':'2.0','id':0,'method':'initialize','params':{'protocolVersion':'" + revision
                + "','capabilities':{}}}");
    }

    CompletableFuture<HttpResponse<String>> ask(String method, String params) {
        return send("{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':{" + params + "}}");
    }

    CompletableFuture<HttpResponse<String>> send(String body) {
        return http.sendAsync(post(body).build(), BodyHandlers.ofString());
    }

    /** Sends a request of 2026-07-28; the name is what {@code Mcp-Name} repeats. */
    CompletableFuture<HttpResponse<String>> askModern(String method, String name, String params) {
        var request = post("{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':{" + params + META + "}}")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", method);
        var named = name.isEmpty() ? request : request.header("Mcp-Name", name);
        return http.sendAsync(named.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder post(String body) {
        return request()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.replace('\'', '"')));
    }

    private HttpRequest.Builder request() {
        var request = HttpRequest.newBuilder(uri).header("Accept", "application/json, text/event-stream");
        return session.isEmpty() ? request : request.header("Mcp-Session-Id", session);
    }

    /** Opens or resumes a stream. */
    CompletableFuture<HttpResponse<InputStream>> listen(String lastEvent) {
        var request = request().GET();
        return http.sendAsync(
                (lastEvent.isEmpty() ? request : request.header("Last-Event-ID", lastEvent)).build(),
                BodyHandlers.ofInputStream());
    }

    CompletableFuture<HttpResponse<String>> end() {
        return http.sendAsync(request().DELETE().build(), BodyHandlers.ofString());
    }

    static <T> HttpResponse<T> get(CompletableFuture<HttpResponse<T>> response) {
        return response.orTimeout(Eventually.SECONDS, TimeUnit.SECONDS).join();
    }

    /** Reads a stream up to the next line that contains the text. */
    static String line(HttpResponse<InputStream> response, String text) {
        try {
            var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            var line = lines.readLine();
            while (line != null && !line.contains(text)) {
                line = lines.readLine();
            }
            return String.valueOf(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
