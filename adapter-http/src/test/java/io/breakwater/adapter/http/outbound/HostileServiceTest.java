package io.breakwater.adapter.http.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.service.ScriptedService;
import io.breakwater.sample.service.ScriptedService.Script;
import io.breakwater.sample.waiting.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that wants to exhaust the client, to hold it, or to send it elsewhere. */
class HostileServiceTest {
    private static final ResponseLimits SMALL = new ResponseLimits(1_000, Duration.ofMinutes(5));
    private static final ResponseLimits SHORT = new ResponseLimits(1_000_000, Duration.ofMillis(200));

    private final OutboundHttpClient client = OutboundHttpClient.with(
            OutboundSettings.defaults().withAllowed(List.of("127.0.0.1")).withRequestsPerHost(1, 0), SettingNames.JAVA);

    @AfterEach
    void close() {
        client.close();
    }

    private OutboundResponse get(ScriptedService service, ResponseLimits limits, CallContext context) {
        var request = OutboundRequest.get(URI.create("http://127.0.0.1:" + service.port() + "/path"), Map.of());
        return client.send(request, limits, context);
    }

    private PortException failure(ScriptedService service, ResponseLimits limits) {
        return catchThrowableOfType(PortException.class, () -> get(service, limits, ManualCallContext.unhurried()));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(ScriptedService.bytes(text));
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

    private static ScriptedService local(Script script) {
        return ScriptedService.on("127.0.0.1", 0, script);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 305, 307, 308})
    void redirectsAreNotFollowed(int status) {
        try (var internal = ScriptedService.saying(ScriptedService.ok("secret"));
                var service = ScriptedService.saying("HTTP/1.1 " + status + " Moved\r\nLocation: http://127.0.0.1:"
                        + internal.port() + "/\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(failure(service, SMALL))
                    .isInstanceOf(PortException.RefusedException.class)
                    .hasMessage("http://127.0.0.1:" + service.port() + " redirects to another URL (HTTP " + status
                            + "). Redirects are not followed: configure the URL to which it redirects.");
            assertThat(internal.connections()).isZero();
        }
    }

    @Test
    void anotherServerThatAServiceRecommendsIsNotUsed() {
        try (var internal = ScriptedService.saying(ScriptedService.ok("secret"));
                var service = ScriptedService.saying("HTTP/1.1 200 OK\r\nAlt-Svc: http/1.1=\"127.0.0.1:"
                        + internal.port() + "\"; ma=600, h2=\":" + internal.port()
                        + "\"\r\nContent-Length: 2\r\n\r\nok")) {
            for (int times = 0; times < 3; times++) {
                assertThat(get(service, SMALL, ManualCallContext.unhurried()).body())
                        .asString(UTF_8)
                        .isEqualTo("ok");
            }
            assertThat(internal.connections()).isZero();
        }
    }

    @Test
    void anAnnouncedBodyThatIsTooLargeIsNotRead() {
        try (var service = local((request, out) -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"))) {
            assertTooLarge(service);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n|4\r\nabcd\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n|1\r\na\r\n",
                "HTTP/1.1 200 OK\r\n\r\n|abcd",
                "HTTP/1.0 200 OK\r\n\r\n|abcd",
            })
    void anEndlessBodyIsCutAtTheLimit(String script) {
        var parts = script.split("\\|", -1);
        try (var service = local(endlessly(parts[0], parts[1]))) {
            assertTooLarge(service);
        }
    }

    private void assertTooLarge(ScriptedService service) {
        assertThat(failure(service, SMALL))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessage("The response of http://127.0.0.1:" + service.port()
                        + " is larger than the limit of 1000 bytes.");
        assertThat(service.sawTheClientClose()).isTrue();
    }

    @Test
    void aBodyOfExactlyTheLimitIsAccepted() {
        try (var service = ScriptedService.saying(ScriptedService.ok("a".repeat(1_000)))) {
            assertThat(get(service, SMALL, ManualCallContext.unhurried()).body())
                    .hasSize(1_000);
        }
    }

    @Test
    void aCompressedBodyIsNotDecompressed() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bomb)) {
            zip.write(new byte[1_000_000]);
        }
        try (var service = local((request, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n");
            out.write(bomb.toByteArray());
        })) {
            assertThat(failure(service, ResponseLimits.DEFAULT))
                    .isInstanceOf(PortException.RefusedException.class)
                    .hasMessage("http://127.0.0.1:" + service.port() + " compressed its response, although the request"
                            + " asks for an uncompressed one. Configure it to respect Accept-Encoding.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n|X-Filler: 0123456789\r\n",
                "HTTP/1.1 200 OK\r\nX-Filler: |0123456789",
                "HTTP/1.1 200 |OK",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;|extension",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n|X-Trailer: 0123456789\r\n",
            })
    void anEndlessHeadIsCut(String script) {
        var parts = script.split("\\|", -1);
        try (var service = local(endlessly(parts[0], parts[1]))) {
            assertThat(failure(service, SMALL))
                    .isInstanceOf(PortException.UnavailableException.class)
                    .hasMessageStartingWith("The status line or the header fields in the response of http://127.0.0.1:")
                    .hasMessageEndingWith(" are larger than the limit.");
            assertThat(service.sawTheClientClose()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nX-Slow: ", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"})
    void aResponseThatStopsEndsWithTheTimeLimit(String beginning) {
        try (var service = local((request, out) -> write(out, beginning))) {
            assertThat(failure(service, SHORT))
                    .isInstanceOf(PortException.UnavailableException.class)
                    .hasMessage("http://127.0.0.1:" + service.port() + " did not respond within 200 ms.");
            assertThat(service.sawTheClientClose()).isTrue();
        }
    }

    @Test
    void aTrickleDoesNotExtendTheTimeLimit() {
        try (var service = local(endlessly("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n"))) {
            assertThat(failure(service, SHORT)).isInstanceOf(PortException.UnavailableException.class);
            assertThat(service.sawTheClientClose()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
            })
    void aResponseThatIsNotHttpIsRefused(String response) {
        try (var service = ScriptedService.saying(response)) {
            assertThat(failure(service, SMALL)).isNotNull();
            assertThat(service.sawTheClientClose()).isTrue();
        }
    }

    @Test
    void aCancelledCallClosesTheConnection() {
        var context = ManualCallContext.unhurried();
        try (var service = local((request, out) -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var call = CompletableFuture.supplyAsync(() -> get(service, SMALL, context), threads);
            service.nextRequest();

            context.cancel();

            assertThat(call)
                    .failsWithin(Eventually.LIMIT)
                    .withThrowableThat()
                    .withCauseInstanceOf(PortException.DeadlineExceededException.class)
                    .withMessageContaining("The call ended before http://127.0.0.1:" + service.port() + " responded.");
            assertThat(service.sawTheClientClose()).isTrue();
        }
    }

    @Test
    void aCallThatIsOverSendsNothing() {
        var context = ManualCallContext.unhurried();
        context.cancel();
        try (var service = ScriptedService.saying(ScriptedService.ok("x"))) {
            assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                    .isThrownBy(() -> get(service, SMALL, context));
            assertThat(service.connections()).isZero();
        }
    }

    @Test
    void theDeadlineOfTheCallCounts() {
        try (var service = local((request, out) -> {})) {
            assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                    .isThrownBy(() -> get(service, SMALL, ManualCallContext.within(Duration.ofMillis(100))));
            assertThat(service.sawTheClientClose()).isTrue();
        }
    }

    @Test
    void aServiceThatHangsHoldsABoundedNumberOfCalls() {
        var release = new CountDownLatch(1);
        try (var service = local((request, out) -> {
                    awaitUninterrupted(release);
                    write(out, ScriptedService.ok("late"));
                });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    CompletableFuture.supplyAsync(() -> get(service, SMALL, ManualCallContext.unhurried()), threads);
            service.nextRequest();
            var refused = failure(service, SMALL);
            release.countDown();

            assertThat(refused)
                    .isInstanceOf(PortException.RefusedException.class)
                    .hasMessageStartingWith("Too many concurrent requests to http://127.0.0.1:" + service.port());
            assertThat(running).succeedsWithin(Eventually.LIMIT);
            assertThat(get(service, SMALL, ManualCallContext.unhurried()).body())
                    .asString(UTF_8)
                    .isEqualTo("late");
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBodyTakesItsMemoryFromTheCall() {
        var body = "a".repeat(100_000);
        try (var service = ScriptedService.saying(ScriptedService.ok(body))) {
            var context = ManualCallContext.unhurried();

            assertThat(get(service, ResponseLimits.DEFAULT, context).body()).hasSize(100_000);
            assertThat(context.reserved()).isBetween(180_000L, 500_000L);
            assertThatExceptionOfType(PortException.RefusedException.class)
                    .isThrownBy(() -> get(
                            service,
                            ResponseLimits.DEFAULT,
                            ManualCallContext.withMemory(1_000, CallContext.Reservation.NONE_NOW)))
                    .matches(refused -> refused.reason() == PortException.RefusedException.Reason.OVERLOADED);
        }
    }
}
