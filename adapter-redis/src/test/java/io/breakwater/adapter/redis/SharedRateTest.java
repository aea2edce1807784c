package io.breakwater.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.driven.RateLimits.BucketKey;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driven.RateLimits.Decision.Admitted;
import io.breakwater.port.driven.RateLimits.Scope;
import io.breakwater.sample.redis.RateClock;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three servers of one deployment, and callers that never pause. */
@Tag("server")
class SharedRateTest {
    private static final RateLimit LIMIT = RateLimit.perMinute(600);
    private static final Charge CHARGE = new Charge(new BucketKey(Scope.PRINCIPAL, "ann", "echo"), LIMIT, 1);
    private static final int SERVERS = 3;
    private static final int CALLERS_OF_EACH = 8;
    private static final int CALLS = 100;

    private final RedisServer server = RedisServer.start(RedisProgram.BUNDLED);
    private final List<RedisServices> services = new ArrayList<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final CompletableFuture<Double> expected = new CompletableFuture<>();

    @AfterEach
    void close() {
        services.forEach(RedisServices::close);
        server.close();
    }

    private RateLimits limits() {
        var redis = RedisServices.open(
                RedisSettings.single(server.url()).withTimes(Duration.ofSeconds(20), Duration.ofSeconds(5)));
        services.add(redis);
        return redis.rateLimits();
    }

    @Test
    void threeServersTogetherAdmitTheRate() {
        var first = limits();
        var clock = RateClock.begin(server, LIMIT.calls(), LIMIT.burst(), () -> first.take(List.of(CHARGE)));
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SERVERS; i++) {
                var limits = limits();
                for (int caller = 0; caller < CALLERS_OF_EACH; caller++) {
                    callers.execute(() -> callUntilEnough(limits, clock));
                }
            }
        }

        assertThat(expected.join()).isBetween(CALLS - 0.5, CALLS * 1.02 + 1);
    }

    private void callUntilEnough(RateLimits limits, RateClock clock) {
        while (admitted.get() < CALLS) {
            if (limits.take(List.of(CHARGE)) instanceof Admitted && admitted.incrementAndGet() == CALLS) {
                expected.complete(clock.calls());
            }
        }
    }
}
