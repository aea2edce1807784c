package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Access;
import io.breakwater.port.driving.HttpResource.Listener;
import io.breakwater.port.driving.HttpResource.Response;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.ResponseStream;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to HTTP resources that only a client without manners sends. */
class ResourceHandlerTest {
    private final BlockingQueue<HttpResource.Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<ResponseStream> streams = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @ValueSource(strings = {"/ui/a\\..\\b", "/ui/%", "/ui/%2", "/ui/%zz", "/ui/a/../../mcp", "/ui/\u00e9"})
    void refusesMalformedPaths(String path) {
        try (var server = serving(resource().withPathsBelow());
                var client = server.connect()) {
            assertThat(client.get(path).answer().status()).isEqualTo(400);
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void noPageMayFrameAResourceUnlessItAllowsThatItself() {
        var strict = new Response(200, "text/html", Map.of(), "a".getBytes(UTF_8));
        var own = new Response(
                200,
                "text/html",
                Map.of("Content-Security-Policy", "default-src 'self'", "Cache-Control", "max-age=60"),
                "b".getBytes(UTF_8));
        try (var server = RunningServer.withResources(page("/strict", strict), page("/own", own));
                var client = server.connect()) {
            var first = client.get("/strict").answer();
            assertThat(first.field("content-security-policy")).isEqualTo("frame-ancestors 'none'");
            assertThat(first.field("x-content-type-options")).isEqualTo("nosniff");
            assertThat(first.field("cache-control")).isEmpty();
            var second = client.get("/own").answer();
            assertThat(second.field("content-security-policy")).isEqualTo("default-src 'self'");
            assertThat(second.field("cache-control")).isEqualTo("max-age=60");
        }
    }

    private static HttpResource page(String path, Response response) {
        return new HttpResource(
                path, Listener.PUBLIC, Access.PUBLIC, request -> CompletableFuture.completedStage(response));
    }

    @Test
    void anAbsoluteTargetHasTheSameSubpath() throws Exception {
        try (var server = serving(resource().withPathsBelow());
                var client = server.connect()) {
            assertThat(client.get("http://localhost/ui/a?b").answer().status()).isEqualTo(200);
        }
        assertThat(requests.take().subpath()).isEqualTo("/a");
    }

    @Test
    void aDocumentForAllPagesIsReadByPagesOfAnyOrigin() {
        var document = new Response(200, "text/plain", Map.of(), "hello".getBytes(UTF_8));
        var open = new HttpResource(
                "/open", Listener.PUBLIC, Access.ANY_ORIGIN, request -> CompletableFuture.completedStage(document));
        try (var server = serving(open);
                var client = server.connect()) {
            var read = client.send("GET /open HTTP/1.1\nHost: localhost\nOrigin: https://any.example\n\n")
                    .answer();
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.field("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(read.body()).isEqualTo("hello");

            var preflight = client.send("""
                            OPTIONS /open HTTP/1.1
                            Host: localhost
                            Origin: https://any.example
                            Access-Control-Request-Headers: mcp-protocol-version

                            """).answer();
            assertThat(preflight.status()).isEqualTo(200);
            assertThat(preflight.field("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(preflight.field("Access-Control-Allow-Headers")).isEqualTo("mcp-protocol-version");
            assertThat(client.send("GET /open HTTP/1.1\nHost: any.example\n\n")
                            .answer()
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void asksForABodyThatWaitsForPermission() {
        try (var server = serving(resource().withMethods("POST").withMaxBodyBytes(10));
                var client = server.connect()) {
            client.send("POST /ui HTTP/1.1\nHost: localhost\nExpect: 100-continue\nContent-Length: 2\n\n");
            assertThat(client.head().status()).isEqualTo(100);
            assertThat(client.send("ok").answer().status()).isEqualTo(200);

            client.send("POST /ui HTTP/1.1\nHost: localhost\nExpect: 100-continue\nContent-Length: 11\n\n");
            assertThat(client.head().status()).isEqualTo(413);
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void theMaximumOfTheResourceIsItsOwn() {
        var settings = small();
        try (var server = new RunningServer(
                        settings, List.of(resource().withMethods("POST").withMaxBodyBytes(5_000)), (in, reply) -> {});
                var client = server.connect()) {
            assertThat(client.send(post(5_000)).answer().status()).isEqualTo(200);
            var refused = client.send(post(5_001)).answer();

            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.body()).contains("larger than this path accepts. The limit is 5000 bytes.");
        }
    }

    @Test
    void aHandlerThatThrowsAfterTheBodyIsAnError() {
        var broken = new HttpResource("/ui", Listener.PUBLIC, Access.PUBLIC, request -> {
                    throw new IllegalStateException("inner detail");
                })
                .withMethods("POST")
                .withMaxBodyBytes(10);
        try (var server = serving(broken);
                var client = server.connect()) {
            var answer = client.send(post(10)).answer();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("inner detail");
        }
    }

    @Test
    void theStreamOfAnOldClientEndsWithItsConnection() {
        try (var server = serving(streaming("text/plain"));
                var client = server.connect()) {
            client.send("GET /ui HTTP/1.0\nHost: localhost\n\n");
            var stream = next();
            stream.offer("all".getBytes(UTF_8));
            stream.end();

            assertThat(client.head().fields()).doesNotContainKey("transfer-encoding");
            assertThat(client.exactly(3)).isEqualTo("all");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aHeadRequestStartsNoStream() {
        try (var server = serving(streaming("text/plain"));
                var client = server.connect()) {
            assertThat(client.send("HEAD /ui HTTP/1.1\nHost: localhost\n\n")
                            .head()
                            .status())
                    .isEqualTo(200);
        }
        assertThat(streams).isEmpty();
    }

    @Test
    void streamsShareTheLimitOfTheTransport() {
        var one = HttpSettings.defaults().withPort(0).withStreams(streams(1, Duration.ofMinutes(1)));
        try (var server = new RunningServer(one, List.of(streaming("text/plain")), (in, reply) -> {});
                var first = server.connect();
                var second = server.connect()) {
            first.get("/ui");
            var stream = next();
            var refused = second.get("/ui").answer();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.field("retry-after")).isNotBlank();

            stream.end();
            first.answer();
            assertThat(second.get("/ui").head().status()).isEqualTo(200);
        }
    }

    @Test
    void commentsKeepAnEventStreamAlive() {
        var often = HttpSettings.defaults().withPort(0).withStreams(streams(9, Duration.ofMillis(20)));
        try (var server = new RunningServer(often, List.of(streaming("text/event-stream")), (in, reply) -> {});
                var client = server.connect()) {
            client.get("/ui").head();

            assertThat(client.chunk()).isEqualTo(":\n\n");
            assertThat(client.chunk()).isEqualTo(":\n\n");
        }
    }

    @Test
    void aHalfClosedClientOfAnIdleDownloadIsDisconnected() throws Exception {
        try (var server = serving(streaming("text/plain"));
                var client = server.connect()) {
            client.get("/ui").head();
            var disconnected = new CountDownLatch(1);
            next().onDisconnect(disconnected::countDown);

            client.socket().shutdownOutput();

            assertThat(disconnected.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theQueueOfAStreamIsLimitedHoweverMuchMemoryThereIs() {
        try (var server = serving(streaming("text/plain"));
                var client = server.connect()) {
            client.get("/ui").head();
            var stream = next();
            var piece = new byte[50_000];

            int accepted = 0;
            while (accepted < 1_000 && stream.offer(piece) == OfferResult.ACCEPTED) {
                accepted++;
            }

            assertThat(accepted).as("pieces that a client did not read").isLessThan(1_000);
        }
    }

    @Test
    void aClientThatReadsNothingIsDisconnected() throws Exception {
        var impatient = HttpSettings.defaults()
                .withPort(0)
                .withStreams(new HttpSettings.Streams(9, 1_000_000, 9, Duration.ofMinutes(1), Duration.ofMillis(50)));
        try (var server = new RunningServer(impatient, List.of(streaming("text/plain")), (in, reply) -> {});
                var client = server.connect()) {
            client.get("/ui").head();
            var stream = next();
            var disconnected = new CountDownLatch(1);
            stream.onDisconnect(disconnected::countDown);

            stream.offer(new byte[50_000_000]);

            assertThat(disconnected.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aRoleIsCheckedBeforeTheBody() throws Exception {
        var resource = new HttpResource("/ui", Listener.PUBLIC, Access.role("admin"), request -> {
                    requests.add(request);
                    return CompletableFuture.completedFuture(new Response(200, "text/plain", Map.of(), new byte[0]));
                })
                .withMethods("GET", "POST")
                .withMaxBodyBytes(10);
        try (var server = authenticating(resource);
                var client = server.connect()) {
            var unknown = client.get("/unknown").answer();
            assertThat(client.get("/ui", "Authorization: user").answer()).satisfies(refused -> {
                assertThat(refused.status()).isEqualTo(404);
                assertThat(refused.body()).isEqualTo(unknown.body());
            });
            var challenged = client.get("/ui").answer();
            assertThat(challenged.status()).isEqualTo(401);
            assertThat(challenged.field("www-authenticate")).isEqualTo("Bearer");
            assertThat(requests).isEmpty();

            client.send("POST /ui HTTP/1.1\nHost: localhost\nAuthorization: admin\nContent-Length: 2\n\n{}");
            assertThat(client.answer().status()).isEqualTo(200);
        }
        var request = requests.take();
        assertThat(request.principal().roles()).containsExactly("admin");
        assertThat(request.body()).isEqualTo("{}".getBytes(UTF_8));
    }

    /** A server whose callers send the name of their role as the credential, and get their answer from another thread. */
    private static RunningServer authenticating(HttpResource resource) {
        return new RunningServer(
                HttpSettings.defaults().withPort(0),
                (fields, peer) -> {
                    var role = fields.first("Authorization");
                    return CompletableFuture.supplyAsync(() -> identity(role));
                },
                List.of(resource),
                MemoryBudget.unlimited(),
                (in, reply) -> {});
    }

    private static Authentication identity(@Nullable String role) {
        return role == null
                ? Authentication.Challenge.of("Bearer", "Send a credential.")
                : new Authentication.Authenticated(Principal.of("somebody").withRoles(Set.of(role)));
    }

    private ResponseStream next() {
        try {
            var stream = streams.poll(Eventually.SECONDS, TimeUnit.SECONDS);
            if (stream == null) {
                throw new AssertionError("the handler was not called");
            }
            return stream;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String post(int bytes) {
        return "POST /ui HTTP/1.1\nHost: localhost\nContent-Length: " + bytes + "\n\n" + "x".repeat(bytes);
    }

    private static HttpSettings small() {
        var defaults = HttpSettings.defaults().withPort(0);
        return defaults.withLimits(defaults.limits().withBodyBytes(1_024));
    }

    private static HttpSettings.Streams streams(int open, Duration keepAlive) {
        return new HttpSettings.Streams(open, 1_000_000, 1_000, keepAlive, Duration.ofMinutes(1));
    }

    private RunningServer serving(HttpResource resource) {
        return new RunningServer(HttpSettings.defaults().withPort(0), List.of(resource), (in, reply) -> {});
    }

    private HttpResource resource() {
        return new HttpResource("/ui", Listener.PUBLIC, Access.PUBLIC, request -> {
            requests.add(request);
            return CompletableFuture.completedFuture(new Response(200, "text/plain", Map.of(), "ok".getBytes(UTF_8)));
        });
    }

    private HttpResource streaming(String contentType) {
        return new HttpResource(
                "/ui",
                Listener.PUBLIC,
                Access.PUBLIC,
                request -> CompletableFuture.completedFuture(
                        Response.streaming(200, contentType, Map.of(), streams::add)));
    }
}
