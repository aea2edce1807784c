package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.ServiceOutcome.Unconfirmed;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.driven.ServiceTransport.Limits;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.service.ScriptedService;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ServiceTransport} does, over real connections to services on loopback addresses. */
public abstract class ServiceTransportContract {
    private static final int BODY_BYTES = 100_000;
    private static final Limits LIMITS = new Limits(Duration.ofMinutes(5), BODY_BYTES, true);
    private static final Limits CHECK = new Limits(Duration.ofMinutes(5), BODY_BYTES, false);
    private static final Limits SHORT = new Limits(Duration.ofMillis(200), BODY_BYTES, true);

    /** The transport under test. */
    protected ServiceTransport transport;

    /** Creates a transport that may connect to loopback addresses. */
    protected abstract ServiceTransport create() throws Exception;

    /** Closes the transport. */
    protected abstract void close(ServiceTransport used) throws Exception;

    @BeforeEach
    void createTransport() throws Exception {
        transport = create();
    }

    @AfterEach
    void closeTransport() throws Exception {
        close(transport);
    }

    /** Returns a GET request without fields. */
    protected static ServiceRequest get(String target) {
        return new ServiceRequest("GET", target, Map.of(), null, new byte[0], null);
    }

    private static ServiceRequest post(String body, @Nullable String key) {
        return new ServiceRequest(
                "POST", "/orders", Map.of("X-Api-Key", "k1"), "application/json", body.getBytes(UTF_8), key);
    }

    /** Returns the endpoint of a service on a loopback address. */
    protected static Endpoint endpoint(ScriptedService service) {
        return new Endpoint(false, "127.0.0.1", service.port(), null);
    }

    private ServiceOutcome send(ServiceRequest request, ScriptedService service, Limits limits) {
        return transport.send(request, endpoint(service), limits, ManualCallContext.unhurried());
    }

    private static ScriptedService local(ScriptedService.Script script) {
        return ScriptedService.on("127.0.0.1", 0, script);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(ScriptedService.bytes(text));
    }

    @Test
    void sendsTheRequestAndReturnsTheResponse() {
        try (var service = ScriptedService.saying(
                "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
                        + "Content-Length: 2\r\n\r\nok")) {
            var response = response(send(post("{\"total\":1}", "key-1"), service, LIMITS));

            assertThat(response.status()).isEqualTo(201);
            assertThat(response.body()).asString(UTF_8).isEqualTo("ok");
            assertThat(response.field("Content-TYPE")).contains("text/plain");
            assertThat(response.fields().get("set-cookie")).containsExactly("a=1", "b=2");
            assertThat(service.nextRequest())
                    .startsWith("POST /orders HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nhost: 127.0.0.1:" + service.port() + "\r\n")
                    .containsIgnoringCase("\r\ncontent-type: application/json\r\n")
                    .containsIgnoringCase("\r\nidempotency-key: key-1\r\n")
                    .containsIgnoringCase("\r\nx-api-key: k1\r\n")
                    .containsIgnoringCase("\r\ncontent-length: 11\r\n")
                    .endsWith("\r\n\r\n{\"total\":1}");
        }
    }

    private static Response response(ServiceOutcome outcome) {
        assertThat(outcome).isInstanceOf(Response.class);
        return (Response) outcome;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a%2Fb?c=d%20e",
                "//other.test/a",
                "/a/../b/./c//d",
                "/%2e%2e%2f%00",
                "/a?u=http://other.test/b?c",
                "/a;b=c/d|e\\f\"<>^`{}",
                "/?",
                "/a?a=1&a=2&&=",
            })
    void sendsPathAndQueryUnchanged(String target) {
        try (var service = ScriptedService.saying(ScriptedService.ok("x"))) {
            send(get(target), service, LIMITS);

            assertThat(service.nextRequest()).startsWith("GET " + target + " HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 304, 400, 404, 409, 429, 500, 503})
    void everyFinalStatusIsAResponse(int status) {
        var body = status == 204 || status == 304 ? "" : "Content-Length: 0\r\n";
        try (var service =
                ScriptedService.saying("HTTP/1.1 " + status + " Some\r\n" + body + "Retry-After: 7\r\n\r\n")) {
            var response = response(send(get("/"), service, LIMITS));

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.field("retry-after")).contains("7");
        }
    }

    @Test
    void keepsTheConnectionForTheNextRequest() {
        try (var service = ScriptedService.saying(ScriptedService.ok("x"))) {
            IntStream.range(0, 5).forEach(i -> send(get("/" + i), service, LIMITS));

            assertThat(service.connections()).isEqualTo(1);
        }
    }

    @Test
    void keepsNoConnectionOfACheck() {
        try (var service = ScriptedService.saying(ScriptedService.ok("x"))) {
            send(get("/health"), service, CHECK);

            assertThat(service.sawTheClientClose()).isTrue();
            send(get("/health"), service, CHECK);
            assertThat(service.connections()).isEqualTo(2);
        }
    }

    @Test
    void connectsToTheAddressOfTheEndpointAndKeepsItsHost() {
        try (var service = ScriptedService.saying(ScriptedService.ok("x"))) {
            var endpoint = new Endpoint(false, "orders.test", service.port(), "127.0.0.1");

            var outcome = transport.send(get("/"), endpoint, LIMITS, ManualCallContext.unhurried());

            assertThat(response(outcome).status()).isEqualTo(200);
            assertThat(service.nextRequest()).containsIgnoringCase("\r\nhost: orders.test:" + service.port() + "\r\n");
        }
    }

    @Test
    void aRequestThatFindsNoListenerIsNotDelivered() throws IOException {
        try (var reserved = new Socket()) { // bound, so that no other process listens there
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var endpoint = new Endpoint(false, "127.0.0.1", reserved.getLocalPort(), null);

            assertThat(transport.send(post("{}", null), endpoint, LIMITS, ManualCallContext.unhurried()))
                    .asInstanceOf(type(NotDelivered.class))
                    .matches(outcome -> outcome.message().contains(endpoint.origin()));
        }
    }

    @Test
    void messagesNameTheInstanceByItsLabel() throws IOException {
        try (var reserved = new Socket()) {
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var endpoint = new Endpoint(false, "127.0.0.1", reserved.getLocalPort(), null).labelled("orders");

            assertThat(transport.send(get("/"), endpoint, LIMITS, ManualCallContext.unhurried()))
                    .asInstanceOf(type(NotDelivered.class))
                    .matches(outcome -> outcome.message().contains("orders"))
                    .matches(outcome -> !outcome.message().contains("127.0.0.1"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 20",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
            })
    void aRequestWhoseResponseIsCutIsUnconfirmed(String beginning) {
        try (var service = local((request, out) -> {
            write(out, beginning);
            throw new IOException("the service closes the connection");
        })) {
            assertThat(send(post("{}", null), service, LIMITS))
                    .asInstanceOf(type(Unconfirmed.class))
                    .matches(outcome -> !outcome.timedOut());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"})
    void aRequestWithoutACompleteResponseInTimeIsUnconfirmed(String beginning) {
        try (var service = local((request, out) -> write(out, beginning))) {
            assertThat(send(post("{}", null), service, SHORT))
                    .asInstanceOf(type(Unconfirmed.class))
                    .matches(Unconfirmed::timedOut);
            assertThat(service.sawTheClientClose()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nab",
            })
    void aResponseThatIsNotAllowedIsRefused(String response) {
        try (var service = ScriptedService.saying(response)) {
            assertThatExceptionOfType(PortException.RefusedException.class)
                    .isThrownBy(() -> send(get("/"), service, LIMITS))
                    .matches(refused -> refused.reason() == Reason.OTHER)
                    .withMessageContaining(endpoint(service).origin());
            assertThat(service.requestCount()).isEqualTo(1);
        }
    }

    @Test
    void aResponseOfExactlyTheLimitIsComplete() {
        try (var service = ScriptedService.saying(ScriptedService.ok("a".repeat(BODY_BYTES)))) {
            assertThat(response(send(get("/"), service, LIMITS)).body()).hasSize(BODY_BYTES);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, X-Key, 'a\r\nb'",
        "GET, /, X-Key, 'a\nb'",
        "GET, /, X-Key, 'a\0b'",
        "GET, /, 'X: y\r\nZ', a",
        "GET, /, Host, other.test",
        "GET, /, Content-Length, 3",
        "GET, /, Transfer-Encoding, chunked",
        "GET, '/a b', X-Key, a",
        "GET, '/a\r\nb', X-Key, a",
        "GET, /a#b, X-Key, a",
        "GET, /caf\u00e9, X-Key, a",
        "'GET / HTTP/1.1\r\nX:', /, X-Key, a",
        "CONNECT, /, X-Key, a",
    })
    void aRequestThatIsNotAllowedIsNotSent(String method, String target, String name, String value) {
        try (var service = ScriptedService.saying(ScriptedService.ok("x"))) {
            var request = new ServiceRequest(method, target, Map.of(name, value), null, new byte[0], null);

            assertThatExceptionOfType(PortException.RefusedException.class)
                    .isThrownBy(() -> send(request, service, LIMITS))
                    .matches(refused -> refused.reason() == Reason.INVALID);
            assertThat(service.connections()).isZero();
        }
    }

    @Test
    void aCancelledCallSendsNothing() {
        var context = ManualCallContext.unhurried();
        context.cancel();
        assertSendsNothing(context);
    }

    @Test
    void aCallAfterItsDeadlineSendsNothing() {
        assertSendsNothing(ManualCallContext.within(Duration.ZERO));
    }

    @Test
    void anInterruptedThreadSendsNothing() {
        Thread.currentThread().interrupt();
        try {
            assertSendsNothing(ManualCallContext.unhurried());
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private void assertSendsNothing(CallContext context) {
        try (var service = ScriptedService.saying(ScriptedService.ok("x"))) {
            for (var endpoint : List.of(
                    endpoint(service),
                    new Endpoint(false, "orders.test", service.port(), "127.0.0.1"),
                    new Endpoint(false, "localhost", service.port(), null))) {
                assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                        .isThrownBy(() -> transport.send(get("/"), endpoint, LIMITS, context));
            }
            assertThat(service.requestCount()).isZero();
        }
    }

    @Test
    void aCancelledCallClosesItsConnection() {
        var context = ManualCallContext.unhurried();
        try (var service = local((request, out) -> {});
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var call = CompletableFuture.supplyAsync(() -> sendFor(context, service), threads);
            service.nextRequest();

            context.cancel();

            assertThat(call).succeedsWithin(Eventually.LIMIT).isInstanceOf(Unconfirmed.class);
            assertThat(service.sawTheClientClose()).isTrue();
        }
    }

    private ServiceOutcome sendFor(CallContext context, ScriptedService service) {
        return transport.send(get("/"), endpoint(service), LIMITS, context);
    }

    @Test
    void theDeadlineOfTheCallEndsTheWait() {
        try (var service = local((request, out) -> {})) {
            assertThat(sendFor(ManualCallContext.within(Duration.ofMillis(200)), service))
                    .asInstanceOf(type(Unconfirmed.class))
                    .matches(Unconfirmed::timedOut);
        }
    }

    @Test
    void concurrentRequestsReceiveTheirOwnResponses() {
        var wrong = new AtomicInteger();
        try (var service = local((request, out) -> write(out, ScriptedService.ok(request.split(" ", 3)[1])));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 500)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> countIfWrong("/" + i, service, wrong), threads))
                    .toArray(CompletableFuture[]::new);

            assertThat(CompletableFuture.allOf(calls)).succeedsWithin(Eventually.LIMIT);
            assertThat(wrong).hasValue(0);
        }
    }

    private void countIfWrong(String target, ScriptedService service, AtomicInteger wrong) {
        if (!new String(response(send(get(target), service, LIMITS)).body(), UTF_8).equals(target)) {
            wrong.incrementAndGet();
        }
    }
}
