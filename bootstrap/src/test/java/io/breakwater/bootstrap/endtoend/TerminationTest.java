package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** SIGTERM during requests: they get their responses, connections close, and streams end with their results. */
class TerminationTest {
    private static final int CLIENTS = 64;
    private static final int CALLS_BEFORE = 500;

    @Test
    void losesNoRequestAndEndsStreamsGracefully() throws Exception {
        var server = RunningServer.start();
        var enough = new CountDownLatch(CALLS_BEFORE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stream = threads.submit(() -> subscription(server));
            var clients = IntStream.range(0, CLIENTS)
                    .mapToObj(number -> threads.submit(caller(server, number, enough)))
                    .toList();
            enough.await();

            server.close();

            for (var client : clients) {
                assertThat(client.get()).isEqualTo("told to go");
            }
            assertThat(stream.get()).contains("\"resultType\":\"complete\"");
        }
    }

    /** Calls over one connection until the answer says that it is the last. */
    private static Callable<String> caller(RunningServer server, int number, CountDownLatch enough) {
        return () -> {
            try (var client = HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
                for (int call = 0; true; call++) {
                    var id = "\"" + number + "-" + call + "\"";
                    var answer = client.send(health(server, id), BodyHandlers.ofString());
                    if (answer.statusCode() != 200 || !answer.body().contains("\"id\":" + id)) {
                        return answer.statusCode() + " " + answer.body();
                    }
                    enough.countDown();
                    if (answer.headers().firstValue("connection").orElse("").equals("close")) {
                        return "told to go";
                    }
                }
            }
        };
    }

    private static HttpRequest health(RunningServer server, String id) {
        return request(server, "tools/call", Messages.modern(id, "tools/call", "\"name\":\"health_check\""))
                .header("Mcp-Name", "health_check")
                .build();
    }

    /** All that a subscription says. */
    private static String subscription(RunningServer server) throws Exception {
        var body = Messages.modern("0", "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}");
        try (var client = HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
            return client.send(request(server, "subscriptions/listen", body).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static HttpRequest.Builder request(RunningServer server, String method, String body) {
        return HttpRequest.newBuilder(URI.create(server.endpoint()))
                .header("Content-Type", "application/json")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", method)
                .POST(BodyPublishers.ofString(body));
    }
}
