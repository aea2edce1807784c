package io.breakwater.adapter.http.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breakwater.adapter.http.SelfSigned;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.ServiceOutcome.Unconfirmed;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.driven.ServiceTransport.Limits;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.service.ScriptedService;
import io.breakwater.sample.service.ScriptedService.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance of a service that wants to exhaust the caller, to hold it, to deceive it, or to send it elsewhere. */
class HostileInstanceTest {
    private static final Limits SMALL = new Limits(Duration.ofMinutes(5), 1_000, true);
    private static final Limits SHORT = new Limits(Duration.ofMillis(300), 1_000_000, true);

    private final HttpServiceTransport transport = HttpServiceTransport.with(
            HttpServiceTransport.defaults().withAllowed(List.of("127.0.0.1")), SettingNames.JAVA);

    @AfterEach
    void close() {
        transport.close();
    }

    private static ServiceRequest get(String target) {
        return new ServiceRequest("GET", target, Map.of(), null, new byte[0], null);
    }

    private ServiceOutcome send(ScriptedService service, Limits limits) {
        return send(get("/"), service, limits, ManualCallContext.unhurried());
    }

    private ServiceOutcome send(ServiceRequest request, ScriptedService service, Limits limits, CallContext context) {
        return transport.send(request, new Endpoint(false, "127.0.0.1", service.port(), null), limits, context);
    }

    private PortException.RefusedException refusal(ScriptedService service, Limits limits) {
        var refused = catchThrowableOfType(PortException.RefusedException.class, () -> send(service, limits));
        assertThat(refused).isNotNull();
        assertThat(refused.reason()).isEqualTo(Reason.OTHER);
        return refused;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(ScriptedService.bytes(text));
    }

    private static ScriptedService local(Script script) {
        return ScriptedService.on("127.0.0.1", 0, script);
    }

    /** Writes the text again and again, until the client closes the connection. */
    private static Script endlessly(String head, String repeated) {
        return (request, out) -> {
            write(out, head);
            while (true) {
                write(out, repeated);
            }
        };
    }

    /** Writes the text again and again, with a pause before each time. */
    private static Script slowly(String head, String repeated) {
        var never = new CountDownLatch(1);
        return (request, out) -> {
            write(out, head);
            while (!await(never, Duration.ofMillis(10))) {
                write(out, repeated);
            }
        };
    }

    private static boolean await(CountDownLatch latch, Duration time) {
        try {
            return latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 305, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        try (var internal = ScriptedService.saying(ScriptedService.ok("secret"));
                var service = ScriptedService.saying("HTTP/1.1 " + status + " Moved\r\nLocation: http://127.0.0.1:"
                        + internal.port() + "/\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(refusal(service, SMALL)).hasMessageContaining("redirects to another URL");
            assertThat(internal.connections()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '4\r\nabcd\r\n'",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\na\r\n'",
        "'HTTP/1.1 200 OK\r\n\r\n', abcd",
        "'HTTP/1.0 200 OK\r\n\r\n', abcd",
        "'HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n', abcd",
        "'HTTP/1.1 500 No\r\n\r\n', abcd",
    })
    void anEndlessBodyIsCut(String head, String repeated) {
        try (var service = local(endlessly(head, repeated))) {
            assertThat(refusal(service, SMALL)).hasMessageEndingWith(" is larger than the limit of 1000 bytes.");
            assertThat(service.sawTheClientClose()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\n', 'X-Filler: 0123456789\r\n'",
        "'HTTP/1.1 200 OK\r\nX-Filler: ', 0123456789",
        "'HTTP/1.1 200 ', OK",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;', extension",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n', 'X-Trailer: 0123456789\r\n'",
    })
    void anEndlessHeadIsCut(String head, String repeated) {
        try (var service = local(endlessly(head, repeated))) {
            assertThat(refusal(service, SMALL)).hasMessageEndingWith(" are larger than the limit.");
            assertThat(service.sawTheClientClose()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "GZIP", "identity, gzip", "x-unknown"})
    void aCompressedBodyIsNotRead(String encoding) throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bomb)) {
            zip.write(new byte[1_000_000]);
        }
        try (var service = local((request, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding + "\r\nContent-Length: " + bomb.size());
            write(out, "\r\n\r\n");
            out.write(bomb.toByteArray());
        })) {
            assertThat(refusal(service, SMALL)).hasMessageContaining("compressed its response");
            assertThat(service.nextRequest()).containsIgnoringCase("\r\naccept-encoding: identity\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\n', 'X: 1\r\n'",
        "'HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n', a",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\na\r\n'",
        "'HTTP/1.1 200 OK\r\n\r\n', a",
    })
    void aSlowTrickleEndsInTime(String head, String repeated) {
        try (var service = local(slowly(head, repeated))) {
            assertThat(send(service, SHORT))
                    .isInstanceOfSatisfying(
                            Unconfirmed.class,
                            outcome -> assertThat(outcome.timedOut()).isTrue());
            assertThat(service.sawTheClientClose()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "\u0016\u0003\u0003\u0000\u0004\u000e\r\n\r\n",
                "HTTP/9.9 200 OK\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 99999 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nabc",
                "HTTP/1.1 200 OK\r\n: nameless\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\ngarbage\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
            })
    void aResponseThatIsNotHttpIsNoResponse(String garbage) {
        try (var service = ScriptedService.saying(garbage)) {
            var outcome = outcomeOrRefusal(service);

            assertThat(outcome).isNotInstanceOf(Response.class).isNotInstanceOf(NotDelivered.class);
            assertThat(service.sawTheClientClose()).isTrue();
        }
    }

    /** Both are right for a message that is not valid. */
    private Object outcomeOrRefusal(ScriptedService service) {
        try {
            return send(service, SHORT);
        } catch (PortException.RefusedException refused) {
            assertThat(refused.reason()).isEqualTo(Reason.OTHER);
            return refused;
        }
    }

    @Test
    void aSurplusResponseIsNotTheAnswerToTheNextRequest() {
        try (var service = local((request, out) -> write(
                out,
                request.startsWith("GET /first ")
                        ? ScriptedService.ok("own") + ScriptedService.ok("planted")
                        : ScriptedService.ok("right")))) {
            for (int i = 0; i < 20; i++) {
                assertBody(send(get("/first"), service, SMALL, ManualCallContext.unhurried()), "own");
                assertBody(send(get("/second"), service, SMALL, ManualCallContext.unhurried()), "right");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nowngarbage",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nownHTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nown\r\n0\r\n\r\n}",
                "HTTP/1.1 204 No Content\r\n\r\n{\"ok\":true}",
                "HTTP/1.1 304 Not Modified\r\n\r\nown",
            })
    void bytesAfterAResponseDoNotSpoilTheNextRequest(String response) {
        try (var service = local((request, out) ->
                write(out, request.startsWith("POST /first ") ? response : ScriptedService.ok("right")))) {
            for (int i = 0; i < 10; i++) {
                assertThat(send(post("/first", 2), service, SMALL, ManualCallContext.unhurried()))
                        .isInstanceOf(Response.class);
                assertBody(send(post("/second", 2), service, SMALL, ManualCallContext.unhurried()), "right");
            }
            assertThat(service.connections()).isEqualTo(11);
        }
    }

    private static ServiceRequest post(String target, int bytes) {
        return new ServiceRequest("POST", target, Map.of(), null, new byte[bytes], null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"H", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nplanted", "\r\n"})
    void bytesOnAnIdleConnectionCloseIt(String unasked) throws Exception {
        var received = new CountDownLatch(1);
        try (var service = local((request, out) -> {
            write(out, ScriptedService.ok("own"));
            if (await(received, Duration.ofMinutes(1))) {
                write(out, unasked);
            }
        })) {
            assertBody(send(service, SMALL), "own");
            received.countDown();

            assertThat(service.sawTheClientClose()).isTrue();
            assertBody(send(service, SMALL), "own");
        }
    }

    /** The service sees the end of the connection before the pool could, so the order is repeated often. */
    @RepeatedTest(100)
    void aConnectionLeavesThePoolBeforeItIsClosedForUnaskedBytes() {
        var received = new CountDownLatch(1);
        var first = new AtomicBoolean(true);
        try (var service = local((request, out) -> {
            write(out, ScriptedService.ok("own"));
            if (first.getAndSet(false) && await(received, Duration.ofMinutes(1))) {
                write(out, "H");
            }
        })) {
            assertBody(send(service, SMALL), "own");
            received.countDown();

            assertThat(service.sawTheClientClose()).isTrue();
            assertBody(send(service, SMALL), "own");
        }
    }

    @Test
    void aConnectionIsKeptForTheNextRequestOtherwise() {
        try (var service = local((request, out) -> {
            write(out, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Enco");
            out.flush();
            write(out, "ding: chunked\r\n\r\n3\r\nown\r\n0\r\n\r\n");
        })) {
            for (int i = 0; i < 10; i++) {
                assertBody(send(post("/", 100_000), service, SMALL, ManualCallContext.unhurried()), "own");
            }
            assertThat(service.connections()).isOne();
        }
    }

    @Test
    void aResponseBeforeTheEndOfTheRequestIsTheLastOneOfItsConnection() throws IOException {
        try (var impatient = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var ended = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                try (var first = impatient.accept()) {
                    first.getInputStream().read();
                    write(first.getOutputStream(), ScriptedService.ok("early")); // and reads nothing more
                    try (var second = impatient.accept()) {
                        second.getInputStream().read();
                        write(second.getOutputStream(), ScriptedService.ok("right"));
                        await(ended, Duration.ofMinutes(1));
                    }
                } catch (IOException broken) {
                    // the test fails
                }
            });
            var endpoint = new Endpoint(false, "127.0.0.1", impatient.getLocalPort(), null);
            var limits = new Limits(Duration.ofSeconds(30), 1_000, true);

            assertBody(transport.send(post("/", 32 << 20), endpoint, limits, ManualCallContext.unhurried()), "early");
            assertBody(transport.send(post("/", 2), endpoint, limits, ManualCallContext.unhurried()), "right");
            ended.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "x-gzip, chunked", "gzip", "identity, chunked"})
    void aResponseInAnotherTransferCodingIsRefused(String coding) {
        try (var service = ScriptedService.saying(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + coding + "\r\n\r\n3\r\nown\r\n0\r\n\r\n")) {
            assertThat(refusal(service, SMALL)).hasMessageContaining("in a transfer coding other than chunked");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            })
    void aRefusedResponseWritesNothingToTheLog(String head) {
        try (var log = CapturedLog.of("io.vertx.core.http.impl.HttpClientResponseImpl");
                var service = ScriptedService.saying(head)) {
            assertThat(refusal(service, SMALL)).isNotNull();
            assertThat(service.sawTheClientClose()).isTrue();

            assertThat(log.lines()).isEmpty();
        }
    }

    private static void assertBody(ServiceOutcome outcome, String body) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Response.class,
                        response -> assertThat(response.body()).asString(UTF_8).isEqualTo(body));
    }

    @Test
    void aLengthOfAResponseWithoutABodyDoesNotHoldTheCall() {
        try (var service = ScriptedService.saying("HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n")) {
            var head = new ServiceRequest("HEAD", "/", Map.of(), null, new byte[0], null);

            assertBody(send(head, service, SMALL, ManualCallContext.unhurried()), "");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, OVERLOADED", "POST, OTHER"}) // another request than GET may have had its effect
    void theBodyTakesItsMemoryFromTheCall(String method, Reason reason) {
        try (var service = ScriptedService.saying(ScriptedService.ok("a".repeat(100_000)))) {
            var refused = catchThrowableOfType(
                    PortException.RefusedException.class,
                    () -> send(
                            new ServiceRequest(method, "/", Map.of(), null, new byte[0], null),
                            service,
                            new Limits(Duration.ofMinutes(5), 1_000_000, true),
                            ManualCallContext.withMemory(1_000, CallContext.Reservation.NONE_NOW)));

            assertThat(refused).hasMessageContaining("has no memory for the response");
            assertThat(refused.reason()).isEqualTo(reason);
        }
    }

    @Test
    void aConnectionToAServerThatAcceptsNothingEndsInTime(@TempDir Path folder) throws IOException {
        var certificate = SelfSigned.number(1);
        var authorities = Files.writeString(folder.resolve("ca.pem"), certificate.certificates());
        var settings = HttpServiceTransport.defaults()
                .withAllowed(List.of("127.0.0.1"))
                .withTrustStore(authorities);
        try (var silent = local((request, out) -> {});
                var tls = HttpServiceTransport.with(settings, SettingNames.JAVA)) {
            var endpoint = new Endpoint(true, "localhost", silent.port(), "127.0.0.1");

            assertThat(tls.send(get("/"), endpoint, SHORT, ManualCallContext.unhurried()))
                    .isInstanceOf(NotDelivered.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost, true", "other.test, false", "localhost.other.test, false", "127.0.0.1, true"})
    void aCertificateForAnotherHostIsRefusedBeforeAnythingIsSent(String host, boolean valid, @TempDir Path folder)
            throws IOException {
        var certificate = SelfSigned.number(1);
        var authorities = Files.writeString(folder.resolve("ca.pem"), certificate.certificates());
        var settings = HttpServiceTransport.defaults()
                .withAllowed(List.of("127.0.0.1"))
                .withTrustStore(authorities);
        try (var service = ScriptedService.secure(
                        certificate.presented(), (request, out) -> write(out, ScriptedService.ok("private")));
                var tls = HttpServiceTransport.with(settings, SettingNames.JAVA)) {
            var endpoint = new Endpoint(true, host, service.port(), "127.0.0.1");

            var outcome = tls.send(get("/"), endpoint, SMALL, ManualCallContext.unhurried());

            assertThat(outcome).isInstanceOf(valid ? Response.class : NotDelivered.class);
            assertThat(service.requestCount()).isEqualTo(valid ? 1 : 0);
        }
    }

    @Test
    void aPlainServerIsNoTlsServer() {
        try (var plain = ScriptedService.saying(ScriptedService.ok("x"))) {
            var endpoint = new Endpoint(true, "127.0.0.1", plain.port(), null);

            assertThat(transport.send(get("/"), endpoint, SHORT, ManualCallContext.unhurried()))
                    .isInstanceOf(NotDelivered.class);
            assertThat(plain.requestCount()).isZero();
        }
    }
}
