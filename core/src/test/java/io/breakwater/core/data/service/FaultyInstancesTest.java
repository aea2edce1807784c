package io.breakwater.core.data.service;

import static io.breakwater.core.data.service.Fixture.A;
import static io.breakwater.core.data.service.Fixture.B;
import static io.breakwater.core.data.service.Fixture.C;
import static io.breakwater.core.data.service.Fixture.D;
import static io.breakwater.core.data.service.Fixture.request;
import static io.breakwater.core.data.service.Fixture.service;
import static io.breakwater.port.memory.MemoryServiceTransport.broken;
import static io.breakwater.port.memory.MemoryServiceTransport.down;
import static io.breakwater.port.memory.MemoryServiceTransport.frozen;
import static io.breakwater.port.memory.MemoryServiceTransport.lying;
import static io.breakwater.port.memory.MemoryServiceTransport.slow;
import static io.breakwater.port.memory.MemoryServiceTransport.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.ServiceOutcome.Unconfirmed;
import io.breakwater.port.driven.Services;
import io.breakwater.port.memory.MemoryServiceTransport.Behavior;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.settings.ServiceBreaker;
import io.breakwater.server.settings.ServiceHealthCheck;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceOrigin;
import io.breakwater.server.settings.ServiceRetries;
import io.breakwater.server.settings.ServiceSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many calls while instances fail in every way, one after the other. */
class FaultyInstancesTest {
    private static final int CALLERS = 32;
    private static final int CALLS = 40_000;
    private static final String HEALTH = "/health";

    private final AtomicInteger effects = new AtomicInteger();

    /** Echoes the key of the request, so that each response belongs to one request. */
    private Behavior echo() {
        return (request, limits, context) -> {
            effects.incrementAndGet();
            var key = String.valueOf(request.idempotencyKey());
            return new Response(200, Map.of(), key.getBytes(StandardCharsets.UTF_8));
        };
    }

    private static ServiceSettings settings() {
        return service(A, B, C, D)
                .withAttemptTimeout(Duration.ofMillis(200))
                .withRetries(new ServiceRetries(3, Duration.ofMillis(20), 10))
                .withBreaker(new ServiceBreaker(5, Duration.ofMillis(400)))
                .withHealthCheck(new ServiceHealthCheck(HEALTH, Duration.ofMillis(100), Duration.ofMillis(100)));
    }

    @Test
    void noResponseIsWrongAndRepeatableCallsSucceed() {
        try (var fixture = new Fixture(settings())) {
            fixture.transport.withoutRecords();
            List.of(A, B, C, D).forEach(one -> fixture.transport.instance(one, echo()));
            var done = new AtomicBoolean();
            var faults = CompletableFuture.runAsync(
                    () -> breakOneAfterTheOther(fixture, done), fixture.executors.virtualThreads());
            var failed = new AtomicInteger();
            var callers = new ArrayList<CompletableFuture<Void>>();
            for (int caller = 0; caller < CALLERS; caller++) {
                int number = caller;
                callers.add(CompletableFuture.runAsync(
                        () -> call(fixture, number, failed), fixture.executors.virtualThreads()));
            }
            callers.forEach(CompletableFuture::join);
            done.set(true);
            faults.join();

            assertThat(failed.get()).as("failed calls of " + CALLS).isLessThan(CALLS / 100);
            Eventually.holds(() ->
                    fixture.registry.list().getFirst().instances().stream().allMatch(one -> one.running() == 0));
        }
    }

    private void breakOneAfterTheOther(Fixture fixture, AtomicBoolean done) {
        var faults = List.of(
                down(),
                frozen(),
                broken(),
                slow(Duration.ofMillis(30), echo()),
                lying(HEALTH, frozen()),
                lying(HEALTH, status(503)));
        for (int i = 0; !done.get(); i++) {
            var instance = List.of(A, B, C, D).get(i % 4);
            fixture.transport.instance(instance, faults.get(i % faults.size()));
            pause();
            fixture.transport.instance(instance, echo());
            pause();
        }
    }

    /** Waits for a frozen instance of its own: the tests have no other clock. */
    private static void pause() {
        var limits = new io.breakwater.port.driven.ServiceTransport.Limits(Duration.ofMillis(150), 1, false);
        frozen().handle(request("GET", null), limits, TestContext.unhurried());
    }

    private static void call(Fixture fixture, int caller, AtomicInteger failed) {
        for (int i = 0; i < CALLS / CALLERS; i++) {
            var key = caller + "-" + i;
            var outcome = fixture.call(request(i % 2 == 0 ? "GET" : "POST", key), TestContext.unhurried());
            if (outcome instanceof Response response && response.status() == 200) {
                assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(key);
            } else {
                failed.incrementAndGet();
            }
        }
    }

    @Test
    void aRequestThatMayNotBeRepeatedHasAtMostOneEffect() {
        try (var fixture = new Fixture(settings())) {
            fixture.transport.withoutRecords();
            var received = new AtomicInteger();
            Behavior broken = (request, limits, context) -> {
                received.incrementAndGet();
                return new Unconfirmed("The connection was closed.", false);
            };
            fixture.transport.instance(A, lying(HEALTH, broken)).instance(B, lying(HEALTH, broken));
            fixture.transport.instance(C, echo()).instance(D, down());
            int calls = 2_000;
            int confirmed = 0;
            for (int i = 0; i < calls; i++) {
                ServiceOutcome outcome = fixture.post();
                confirmed += outcome instanceof Response ? 1 : 0;
            }
            assertThat(received.get() + confirmed).isLessThanOrEqualTo(calls);
        }
    }

    @Test
    void tenThousandInstancesNeedLittleMemory() {
        var origins = IntStream.range(0, 10_000)
                .mapToObj(i -> new ServiceOrigin(false, "127.1." + i / 250 + "." + i % 250, 8080))
                .toList();
        long before = usedHeap();
        var settings = ServiceSettings.of("many", new ServiceInstances.Fixed(origins))
                .withHealthCheck(new ServiceHealthCheck(HEALTH, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        try (var fixture = new Fixture(settings)) {
            fixture.transport.withoutRecords();
            long start = System.nanoTime();
            assertThat(fixture.registry.list().getFirst().instances()).hasSize(10_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            Eventually.holds(() -> fixture.registry.list().getFirst().instances().stream()
                    .allMatch(one -> one.state() == Services.State.UNHEALTHY));
            assertThat(usedHeap() - before).isLessThan(20L << 20);
        }
    }

    private static long usedHeap() {
        var memory = java.lang.management.ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
