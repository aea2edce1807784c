package io.breakwater.bootstrap.sdk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Stream;

/** MCP over HTTP without a library: hands over every message of the server as it was sent. */
final class SdkTransport implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;

    SdkTransport(String address) {
        endpoint = URI.create(address);
    }

    /** What the server answers to one message; messages come one by one where it answers with a stream. */
    record Answer(HttpResponse<Stream<String>> response) {
        Stream<String> messages() {
            boolean stream =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
            return stream
                    ? response.body()
                            .filter(line -> line.startsWith("data:"))
                            .map(line -> line.substring("data:".length()).strip())
                            .filter(data -> !data.isEmpty())
                    : response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElseThrow();
        }
    }

    Answer send(String message, Map<String, String> headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(message));
        headers.forEach(request::header);
        return new Answer(http.send(request.build(), BodyHandlers.ofLines()));
    }

    @Override
    public void close() {
        http.close();
    }
}
