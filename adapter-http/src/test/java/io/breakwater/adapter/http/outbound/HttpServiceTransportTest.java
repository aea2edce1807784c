package io.breakwater.adapter.http.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.ServiceOutcome.Unconfirmed;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.driven.ServiceTransport.Limits;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.service.ScriptedService;
import io.breakwater.sample.waiting.Eventually;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link HttpServiceTransport} does beyond the contract: names, the pool of connections, its end. */
class HttpServiceTransportTest {
    private static final Limits LIMITS = new Limits(Duration.ofMinutes(5), 10_000, true);
    private static final Limits SHORT = new Limits(Duration.ofMillis(200), 10_000, true);

    private final ResolverStub resolver = new ResolverStub();
    private final CountDownLatch released = new CountDownLatch(1);
    private final ScriptedService hanging = ScriptedService.on("127.0.0.1", 0, (request, out) -> {
        awaitRelease();
        out.write(ScriptedService.bytes(ScriptedService.ok("late")));
    });
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        released.countDown();
        threads.close();
        hanging.close();
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OutboundSettings settings() {
        return HttpServiceTransport.defaults().withAllowed(List.of("127.0.0.0/28"));
    }

    private HttpServiceTransport transport(OutboundSettings settings) {
        return HttpServiceTransport.with(settings, resolver, SettingNames.JAVA);
    }

    private static ServiceOutcome send(
            HttpServiceTransport transport, String host, ScriptedService service, Limits limits, CallContext context) {
        var request = new ServiceRequest("GET", "/", Map.of(), null, new byte[0], null);
        return transport.send(request, new Endpoint(false, host, service.port(), null), limits, context);
    }

    private static ServiceOutcome send(
            HttpServiceTransport transport, String host, ScriptedService service, Limits limits) {
        return send(transport, host, service, limits, ManualCallContext.unhurried());
    }

    private CompletableFuture<ServiceOutcome> begin(HttpServiceTransport transport, CallContext context) {
        return CompletableFuture.supplyAsync(() -> send(transport, "127.0.0.1", hanging, LIMITS, context), threads);
    }

    @Test
    void defaultsAllowPublicAddressesAndManyConnections() {
        assertThat(HttpServiceTransport.defaults())
                .isEqualTo(new OutboundSettings(List.of(), Duration.ofSeconds(5), 1_024, 1_024, 16 << 10, null));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectsToAnIpv6AddressAlsoForACheck(boolean keepAlive) {
        try (var transport = transport(settings().withAllowed(List.of("::1")));
                var service = ScriptedService.on(
                        "::1", 0, (request, out) -> out.write(ScriptedService.bytes(ScriptedService.ok("six"))))) {
            var request = new ServiceRequest("GET", "/", Map.of(), null, new byte[0], null);
            var outcome = transport.send(
                    request,
                    new Endpoint(false, "::1", service.port(), null),
                    new Limits(Duration.ofSeconds(30), 10_000, keepAlive),
                    ManualCallContext.unhurried());

            assertThat(outcome).isInstanceOf(Response.class);
            assertThat(service.nextRequest())
                    .containsIgnoringCase("\r\nhost: [0:0:0:0:0:0:0:1]:" + service.port() + "\r\n");
        }
    }

    @Test
    void triesTheNextAddressOfAName() {
        resolver.answer("two.test", "127.0.0.2", "127.0.0.1");
        try (var transport = transport(settings());
                var service = ScriptedService.saying(ScriptedService.ok("found"))) {
            assertThat(send(transport, "two.test", service, LIMITS)).isInstanceOf(Response.class);
        }
    }

    @Test
    void looksUpANameOnceASecondAndChecksItsAddressesEachTime() {
        resolver.answer("moving.test", "127.0.0.1").answer("moving.test", "127.0.0.99");
        var now = new AtomicLong();
        try (var transport = HttpServiceTransport.with(settings(), resolver, SettingNames.JAVA, now::get);
                var service = ScriptedService.saying(ScriptedService.ok("x"))) {
            assertThat(send(transport, "moving.test", service, LIMITS)).isInstanceOf(Response.class);
            now.addAndGet(RecentAddresses.AGE.toNanos() - 1);
            assertThat(send(transport, "moving.test", service, LIMITS)).isInstanceOf(Response.class);
            assertThat(resolver.lookUps()).isEqualTo(1);

            now.addAndGet(1);
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(PortException.RefusedException.class)
                        .isThrownBy(() -> send(transport, "moving.test", service, LIMITS));
            }
            assertThat(resolver.lookUps()).isEqualTo(2);
        }
    }

    @Test
    void aNameWithoutAnAddressIsNotDelivered() {
        try (var transport = transport(settings())) {
            assertThat(send(transport, "unknown.test", hanging, LIMITS))
                    .isEqualTo(new NotDelivered(
                            "The host name of http://unknown.test:" + hanging.port() + " has no address. Check its"
                                    + " spelling, and the name servers of this machine.",
                            null));
        }
    }

    @Test
    void aNameServerThatHangsEndsInTime() {
        NameResolver silent = host -> {
            awaitRelease();
            return List.of(InetAddress.getLoopbackAddress());
        };
        try (var transport = HttpServiceTransport.with(settings(), silent, SettingNames.JAVA)) {
            assertThat(send(transport, "slow.test", hanging, SHORT)).isInstanceOf(NotDelivered.class);
            assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                    .isThrownBy(() -> send(
                            transport, "slow.test", hanging, LIMITS, ManualCallContext.within(Duration.ofMillis(100))));
            released.countDown();
        }
        assertThat(hanging.connections()).isZero();
    }

    @Test
    void aRequestThatFindsNoRoomInThePoolIsNotDelivered() {
        try (var transport = transport(settings().withRequestsPerHost(1, 0))) {
            var running = begin(transport, ManualCallContext.unhurried());
            hanging.nextRequest();

            assertThat(send(transport, "127.0.0.1", hanging, LIMITS))
                    .isEqualTo(new NotDelivered(
                            "Too many concurrent requests to http://127.0.0.1:" + hanging.port() + ". Retry later.",
                            null));

            released.countDown();
            assertThat(running).succeedsWithin(Eventually.LIMIT).isInstanceOf(Response.class);
        }
    }

    @Test
    void aRequestThatWaitsForAConnectionTooLongIsNeverSent() {
        try (var transport = transport(settings().withRequestsPerHost(1, 10))) {
            var running = begin(transport, ManualCallContext.unhurried());
            hanging.nextRequest();

            assertThat(send(transport, "127.0.0.1", hanging, SHORT)).isInstanceOf(NotDelivered.class);
            released.countDown();
            assertThat(running).succeedsWithin(Eventually.LIMIT).isInstanceOf(Response.class);
            assertThat(send(transport, "127.0.0.1", hanging, LIMITS)).isInstanceOf(Response.class);
            assertThat(hanging.requestCount()).isEqualTo(2);
        }
    }

    @Test
    void aCancelledCallThatWaitsForAConnectionIsNeverSent() {
        var context = ManualCallContext.unhurried();
        try (var transport = transport(settings().withRequestsPerHost(1, 10))) {
            var running = begin(transport, ManualCallContext.unhurried());
            hanging.nextRequest();
            var waiting = begin(transport, context);

            context.cancel();

            assertThat(waiting)
                    .failsWithin(Eventually.LIMIT)
                    .withThrowableThat()
                    .withCauseInstanceOf(PortException.DeadlineExceededException.class);
            released.countDown();
            assertThat(running).succeedsWithin(Eventually.LIMIT).isInstanceOf(Response.class);
            assertThat(hanging.requestCount()).isEqualTo(1);
        }
    }

    @Test
    void aFrozenInstanceDoesNotUseUpThePool() {
        try (var transport = transport(settings().withRequestsPerHost(2, 0))) {
            for (int i = 0; i < 6; i++) {
                assertThat(send(transport, "127.0.0.1", hanging, SHORT)).isInstanceOf(Unconfirmed.class);
            }
            released.countDown();
            assertThat(send(transport, "127.0.0.1", hanging, LIMITS)).isInstanceOf(Response.class);
        }
    }

    @Test
    void requestsThatRunWhenTheTransportClosesEnd() {
        var transport = transport(settings());
        var running = begin(transport, ManualCallContext.unhurried());
        hanging.nextRequest();

        transport.close();

        assertThat(running).succeedsWithin(Eventually.LIMIT).isInstanceOf(Unconfirmed.class);
        assertThat(send(transport, "127.0.0.1", hanging, LIMITS)).isInstanceOf(NotDelivered.class);
    }

    @Test
    void anInterruptEndsTheWait() {
        try (var transport = transport(settings())) {
            var outcome = new CompletableFuture<ServiceOutcome>();
            var interrupted = new CompletableFuture<Boolean>();
            var caller = Thread.startVirtualThread(() -> {
                outcome.complete(send(transport, "127.0.0.1", hanging, LIMITS));
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            hanging.nextRequest();

            caller.interrupt();

            assertThat(outcome).succeedsWithin(Eventually.LIMIT).isInstanceOf(Unconfirmed.class);
            assertThat(interrupted).succeedsWithin(Eventually.LIMIT).isEqualTo(true);
        }
    }

    @Test
    void aHostKeepsItsNameForTheServiceAndNotItsAddress() {
        resolver.answer("orders.test", "127.0.0.1");
        try (var transport = transport(settings());
                var service = ScriptedService.on(
                        "127.0.0.1",
                        0,
                        (request, out) -> out.write(ScriptedService.ok("x").getBytes(UTF_8)))) {
            send(transport, "Orders.TEST.", service, LIMITS);

            assertThat(service.nextRequest()).containsIgnoringCase("\r\nhost: orders.test:" + service.port() + "\r\n");
        }
    }
}
