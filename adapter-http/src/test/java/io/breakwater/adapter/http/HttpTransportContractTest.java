package io.breakwater.adapter.http;

import io.breakwater.port.contract.TransportContract;
import io.breakwater.port.driving.Transport;
import java.io.BufferedReader;
import java.io.IOException;
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

class HttpTransportContractTest extends TransportContract {

    @Override
    protected Transport make() {
        return HttpTransport.on("127.0.0.1", 0);
    }

    @Override
    protected Client connect(Transport started) {
        return client(started);
    }

    @Override
    protected Client connectWithoutReading(Transport started) {
        return deafClient(started);
    }

    static Client client(Transport started) {
        return new JdkClient(URI.create(started.address()));
    }

    static Client deafClient(Transport started) {
        var raw = new RawClient("127.0.0.1", URI.create(started.address()).getPort());
        return new Client() {
            @Override
            public Sent send(String message) {
                raw.post(message);
                return () -> {
                    throw new AssertionError("deaf");
                };
            }

            @Override
            public void close() {
                raw.close();
            }
        };
    }

    /** The JDK's own client, one request per message. */
    private static final class JdkClient implements Client {
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final URI uri;

        JdkClient(URI uri) {
            this.uri = uri;
        }

        @Override
        public Sent send(String message) {
            var request = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream")
                    .POST(BodyPublishers.ofString(message))
                    .build();
            var answer = http.sendAsync(request, BodyHandlers.ofInputStream())
                    .thenApply(response -> new Incoming(
                            response,
                            new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))));
            return () -> get(answer).next();
        }

        @Override
        public void close() {
            http.shutdownNow();
        }

        private static Incoming get(CompletableFuture<Incoming> answer) {
            return answer.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    /** An answer, as one body or as a stream. */
    private record Incoming(HttpResponse<?> response, BufferedReader lines) {
        String next() {
            try {
                var line = lines.readLine();
                boolean events =
                        response.headers().firstValue("Content-Type").orElse("").equals("text/event-stream");
                while (events && line != null && !line.startsWith("data: ")) {
                    line = lines.readLine();
                }
                if (line == null) {
                    throw new AssertionError("the answer has ended, status " + response.statusCode());
                }
                return events ? line.substring("data: ".length()) : line;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
