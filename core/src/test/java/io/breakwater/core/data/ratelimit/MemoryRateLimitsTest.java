package io.breakwater.core.data.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.RateLimit;
import io.breakwater.port.contract.RateLimitsContract;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.driven.RateLimits.BucketKey;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driven.RateLimits.Decision.Admitted;
import io.breakwater.port.driven.RateLimits.Scope;
import io.breakwater.sample.outage.CoversOutage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryRateLimitsTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // the clock overflows in every test
    private final RateLimit limit = RateLimit.perMinute(600);

    private MemoryRateLimits limits(int keys) {
        return new MemoryRateLimits(keys, nanos::get, Runnable::run);
    }

    private boolean admits(RateLimits limits, String principal) {
        var key = new BucketKey(Scope.PRINCIPAL, principal, "");
        return limits.take(List.of(new Charge(key, limit, 1))) instanceof Admitted;
    }

    @Nested
    class Contract extends RateLimitsContract {
        @Override
        protected RateLimits make() {
            return limits(1_000);
        }

        @Override
        protected void pass(Duration time) {
            nanos.addAndGet(time.toNanos());
        }
    }

    @Test
    void admitsExactlyTheRateOverTime() {
        var limits = limits(10);
        var step = Duration.ofMillis(7);
        int steps = 10_000;

        long admitted = IntStream.range(0, steps)
                .filter(i -> {
                    nanos.addAndGet(step.toNanos());
                    return admits(limits, "ann");
                })
                .count();

        long expected = limit.burst() + step.multipliedBy(steps).toNanos() / limit.interval();
        assertThat(admitted).isBetween(expected - 1, expected);
    }

    @Test
    @CoversOutage("rate limits: memory full of keys")
    void holdsNoMoreKeysThanItsMaximum() {
        var limits = limits(100);

        assertThat(IntStream.range(0, 10_000)).allMatch(i -> admits(limits, "caller " + i));

        limits.cleanUp();
        assertThat(limits.size()).isLessThanOrEqualTo(100);
    }
}
