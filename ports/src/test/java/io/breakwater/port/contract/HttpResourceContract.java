package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.MetricSink;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Access;
import io.breakwater.port.driving.HttpResource.Listener;
import io.breakwater.port.driving.HttpResource.Request;
import io.breakwater.port.driving.HttpResource.Response;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.ResponseStream;
import io.breakwater.port.driving.Transport;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of a transport that mounts HTTP resources: it serves their paths and methods only, limits and counts
 * their request bodies, and sends their streams at the speed of the client.
 */
public abstract class HttpResourceContract {
    private static final int MAX_BODY = 100_000;
    private static final Map<String, String> NO_FIELDS = Map.of();

    /** The requests that the resource under test has received. */
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    private final BlockingQueue<ResponseStream> streams = new LinkedBlockingQueue<>();
    private final MemoryBudget memory = new MemoryBudget(10_000_000, 0.5);
    private final List<HttpURLConnection> connections = new ArrayList<>();
    private @Nullable Transport transport;

    /** Creates the transport under test without starting it. */
    protected abstract Transport make();

    /** Returns the URI of the started transport's root, without a path. */
    protected abstract URI root(Transport started);

    @AfterEach
    void stop() {
        connections.forEach(HttpURLConnection::disconnect);
        if (transport != null) {
            transport.stop(Duration.ofMillis(1));
        }
    }

    @Test
    void passesTheRequestToTheHandler() throws Exception {
        mount(page("/report"));

        var response = get("/report?a=1&b=%20");
        response.setRequestProperty("X-In", "in");

        assertThat(response.getResponseCode()).isEqualTo(200);
        assertThat(body(response)).isEqualTo("text");
        var request = nextRequest();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.query()).isEqualTo("a=1&b=%20");
        assertThat(request.subpath()).isEmpty();
        assertThat(request.fields().first("x-in")).isEqualTo("in");
        assertThat(request.peer().address()).isEqualTo("127.0.0.1");
        assertThat(request.body()).isEmpty();
    }

    @Test
    void aHeadRequestHasTheFieldsWithoutTheBody() throws Exception {
        mount(page("/report"));

        var response = request("HEAD", "/report");

        assertThat(response.getHeaderField("Content-Length")).isEqualTo("4");
        assertThat(body(response)).isEmpty();
    }

    @Test
    void refusesOtherMethods() throws Exception {
        mount(page("/report").withMethods("GET", "PUT"));

        var response = post("/report", 1);

        assertThat(response.getResponseCode()).isEqualTo(405);
        assertThat(response.getHeaderField("Allow")).isEqualTo("GET, HEAD, PUT");
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/reports", "/report/", "/report/a", "/Report", "/%72eport"})
    void servesItsPathOnly(String path) throws Exception {
        mount(page("/report"));

        assertThat(get(path).getResponseCode()).isEqualTo(404);
        assertThat(requests).isEmpty();
    }

    @Test
    void servesThePathsBelowWithTheRestDecoded() throws Exception {
        mount(page("/ui").withPathsBelow());

        assertThat(subpathOf("/ui")).isEmpty();
        assertThat(subpathOf("/ui/")).isEqualTo("/");
        assertThat(subpathOf("/ui/a/b.js")).isEqualTo("/a/b.js");
        assertThat(subpathOf("/ui/%C3%9F%20x/...?q=/../")).isEqualTo("/ß x/...");
        assertThat(get("/uix").getResponseCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui/../live",
                "/ui/a/..",
                "/ui/./a",
                "/ui/%2e%2e/live",
                "/ui/.%2E/live",
                "/ui//a",
                "/ui/a%2fb",
                "/ui/a%5Cb",
                "/ui/%252e%252e/live",
                "/ui/%00",
                "/ui/a%0d%0ab",
                "/ui/%ff",
                "/ui/%c0%ae%c0%ae/live",
                "/ui/%7f"
            })
    void refusesPathsThatCouldMeanTwoThings(String path) throws Exception {
        mount(page("/ui").withPathsBelow());

        assertThat(get(path).getResponseCode()).isEqualTo(400);
        assertThat(requests).isEmpty();
    }

    @Test
    void theLongestPathServesARequest() throws Exception {
        mount(
                answering("/", "root").withPathsBelow(),
                answering("/ui", "ui").withPathsBelow(),
                answering("/ui/a", "a"));

        assertThat(body(get("/other"))).isEqualTo("root");
        assertThat(body(get("/ui/a/b"))).isEqualTo("ui");
        assertThat(body(get("/ui/a"))).isEqualTo("a");
    }

    @Test
    void readsABodyUpToTheMaximumOfTheResource() throws Exception {
        mount(form());

        assertThat(post("/form", MAX_BODY).getResponseCode()).isEqualTo(200);

        assertThat(nextRequest().body()).hasSize(MAX_BODY);
        Eventually.holds(() -> memory.used() == 0, () -> memory.used() + " bytes are still counted");
    }

    @Test
    void refusesALongerBodyWhetherItsLengthIsKnownOrNot() throws Exception {
        mount(form());
        var chunked = request("POST", "/form");
        chunked.setChunkedStreamingMode(0);

        assertThat(post("/form", MAX_BODY + 1).getResponseCode()).isEqualTo(413);
        assertThat(post(chunked, MAX_BODY + 1).getResponseCode()).isEqualTo(413);
        assertThat(requests).isEmpty();
    }

    @Test
    void countsABodyInTheMemoryBudgetUntilTheResponse() throws Exception {
        var counted = new CompletableFuture<Long>();
        mount(form(request -> counted.complete(memory.used())));

        post("/form", MAX_BODY).getResponseCode();

        assertThat(counted.join()).isGreaterThanOrEqualTo(MAX_BODY);
        Eventually.holds(() -> memory.used() == 0, () -> memory.used() + " bytes are still counted");
    }

    @Test
    void refusesABodyThatTheMemoryBudgetCannotHold() throws Exception {
        mount(form().withMaxBodyBytes(8_000_000));

        assertThat(post("/form", 6_000_000).getResponseCode()).isIn(413, 503);
        assertThat(requests).isEmpty();
    }

    @Test
    void aFailedHandlerIsAnErrorWithoutDetails() throws Exception {
        mount(new HttpResource(
                "/broken",
                Listener.PUBLIC,
                Access.PUBLIC,
                request -> CompletableFuture.failedFuture(new IllegalStateException("inner detail"))));

        var response = get("/broken");

        assertThat(response.getResponseCode()).isEqualTo(500);
        assertThat(body(response)).doesNotContain("inner detail");
    }

    @Test
    void sendsTheBytesOfAStreamBeforeItEnds() throws Exception {
        mount(streaming("application/octet-stream"));
        try (var body = open()) {
            var stream = nextStream();

            assertThat(stream.offer("first".getBytes(UTF_8))).isEqualTo(OfferResult.ACCEPTED);
            assertThat(body.readNBytes(5)).isEqualTo("first".getBytes(UTF_8));
            stream.offer("second".getBytes(UTF_8));
            stream.end();
            stream.end();

            assertThat(body.readAllBytes()).isEqualTo("second".getBytes(UTF_8));
            assertThat(stream.offer(new byte[1])).isEqualTo(OfferResult.CLOSED);
        }
        Eventually.holds(() -> memory.used() == 0, () -> memory.used() + " bytes are still counted");
    }

    @Test
    void aStreamWaitsForASlowClient() throws Exception {
        mount(streaming("application/octet-stream"));
        try (var body = open()) {
            var stream = nextStream();
            long accepted = offerUntilFull(stream);
            assertThat(memory.used()).isLessThan(memory.share());
            var ready = new CountDownLatch(1);
            stream.onReady(ready::countDown);

            body.readNBytes(Math.toIntExact(accepted));

            assertThat(ready.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(stream.offer(new byte[1])).isEqualTo(OfferResult.ACCEPTED);
            stream.end();
            assertThat(body.readAllBytes()).hasSize(1);
        }
    }

    @Test
    void aProducerLearnsThatTheClientHasDisconnected() throws Exception {
        mount(streaming("text/event-stream"));
        var disconnected = new CountDownLatch(1);
        var response = get("/stream");
        assertThat(response.getResponseCode()).isEqualTo(200);
        var stream = nextStream();
        stream.onDisconnect(disconnected::countDown);
        stream.offer(":\n\n".getBytes(UTF_8));
        response.getInputStream().readNBytes(3);

        response.disconnect();

        assertThat(disconnected.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(stream.offer(new byte[1])).isEqualTo(OfferResult.CLOSED);
        var late = new CountDownLatch(1);
        stream.onDisconnect(late::countDown);
        assertThat(late.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theClientSeesThatAFailedStreamIsNotComplete() throws Exception {
        mount(streaming("application/octet-stream"));
        try (var body = open()) {
            var stream = nextStream();
            stream.offer("part".getBytes(UTF_8));
            body.readNBytes(4);

            stream.fail();

            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aShutdownEndsEventStreamsAndCompletesDownloads() throws Exception {
        var started = mount(streaming("text/event-stream; charset=utf-8"), download("/download"));
        try (var events = open();
                var download = open("/download")) {
            var stream = nextStream();
            var rest = nextStream();

            started.drain();
            assertThat(events.readAllBytes()).isEmpty();
            assertThat(stream.offer(new byte[1])).isEqualTo(OfferResult.CLOSED);
            assertThat(rest.offer("rest".getBytes(UTF_8))).isEqualTo(OfferResult.ACCEPTED);
            rest.end();

            assertThat(download.readAllBytes()).isEqualTo("rest".getBytes(UTF_8));
            assertThat(started.stop(Eventually.LIMIT)).isTrue();
        }
    }

    private Transport mount(HttpResource... resources) {
        var started = make();
        started.start(new Transport.Host(new ScriptedEndpoint(), List.of(resources), MetricSink.none(), memory));
        transport = started;
        return started;
    }

    private HttpResource page(String path) {
        return new HttpResource(path, Listener.PUBLIC, Access.PUBLIC, request -> {
            requests.add(request);
            return CompletableFuture.supplyAsync(() -> text("text"));
        });
    }

    private static HttpResource answering(String path, String body) {
        return new HttpResource(
                path, Listener.PUBLIC, Access.PUBLIC, request -> CompletableFuture.completedFuture(text(body)));
    }

    private HttpResource form() {
        return form(requests::add);
    }

    private static HttpResource form(Consumer<Request> onRequest) {
        return new HttpResource("/form", Listener.PUBLIC, Access.PUBLIC, request -> {
                    onRequest.accept(request);
                    return CompletableFuture.completedFuture(text("accepted"));
                })
                .withMethods("POST")
                .withMaxBodyBytes(MAX_BODY);
    }

    private HttpResource streaming(String contentType) {
        return stream("/stream", contentType);
    }

    private HttpResource download(String path) {
        return stream(path, "application/octet-stream");
    }

    private HttpResource stream(String path, String contentType) {
        return new HttpResource(
                path,
                Listener.PUBLIC,
                Access.PUBLIC,
                request -> CompletableFuture.completedFuture(
                        Response.streaming(200, contentType, NO_FIELDS, streams::add)));
    }

    private static Response text(String body) {
        return new Response(200, "text/plain", NO_FIELDS, body.getBytes(UTF_8));
    }

    private static long offerUntilFull(ResponseStream stream) {
        var piece = new byte[50_000];
        for (long accepted = 0; accepted < 1L << 30; accepted += piece.length) {
            if (stream.offer(piece) == OfferResult.FULL) {
                return accepted;
            }
        }
        throw new AssertionError("the stream accepts any number of bytes");
    }

    private String subpathOf(String path) throws Exception {
        assertThat(get(path).getResponseCode()).isEqualTo(200);
        return nextRequest().subpath();
    }

    private HttpURLConnection request(String method, String path) throws IOException {
        var started = Objects.requireNonNull(transport, "no transport is started");
        var url = URI.create(root(started) + path).toURL();
        var connection = (HttpURLConnection) url.openConnection();
        connection.setRequestMethod(method);
        connections.add(connection);
        return connection;
    }

    private HttpURLConnection get(String path) throws IOException {
        return request("GET", path);
    }

    private HttpURLConnection post(String path, int bytes) throws IOException {
        var connection = request("POST", path);
        connection.setFixedLengthStreamingMode(bytes);
        return post(connection, bytes);
    }

    private static HttpURLConnection post(HttpURLConnection connection, int bytes) throws IOException {
        connection.setDoOutput(true);
        try (var body = connection.getOutputStream()) {
            body.write("x".repeat(bytes).getBytes(UTF_8));
        }
        return connection;
    }

    private static String body(HttpURLConnection connection) throws IOException {
        boolean failed = connection.getResponseCode() >= 400;
        try (var body = failed ? connection.getErrorStream() : connection.getInputStream()) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }

    private InputStream open() throws IOException {
        return open("/stream");
    }

    private InputStream open(String path) throws IOException {
        return get(path).getInputStream();
    }

    private Request nextRequest() throws InterruptedException {
        return next(requests);
    }

    private ResponseStream nextStream() throws InterruptedException {
        return next(streams);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        var first = queue.poll(Eventually.SECONDS, TimeUnit.SECONDS);
        if (first == null) {
            throw new AssertionError("the handler was not called");
        }
        return first;
    }
}
