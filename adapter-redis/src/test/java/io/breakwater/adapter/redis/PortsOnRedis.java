package io.breakwater.adapter.redis;

import io.breakwater.port.contract.CacheStoreContract;
import io.breakwater.port.contract.EventBusContract;
import io.breakwater.port.contract.LeasesContract;
import io.breakwater.port.contract.NonceStoreContract;
import io.breakwater.port.contract.RateLimitsContract;
import io.breakwater.port.driven.CacheStore;
import io.breakwater.port.driven.EventBus;
import io.breakwater.port.driven.Leases;
import io.breakwater.port.driven.NonceStore;
import io.breakwater.port.driven.RateLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** All contracts, on one way of running Redis. Each test has a prefix of its own. */
abstract class PortsOnRedis {
    /** Long enough for a machine that is busy with other things. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    final String prefix = "t" + PREFIXES.incrementAndGet();
    private final List<RedisServices> made = new ArrayList<>();

    abstract RedisSettings settings();

    /** Lets time pass for all keys of the test. */
    abstract void pass(Duration time);

    /** Ends every server. */
    abstract void kill();

    /** Starts them again. */
    abstract void restart();

    final RedisServices redis() {
        var redis = RedisServices.open(settings().withPrefix(prefix).withTimes(TIMEOUT, Duration.ofSeconds(1)));
        made.add(redis);
        return redis;
    }

    @AfterEach
    final void closeAll() {
        made.forEach(RedisServices::close);
    }

    @Nested
    class Store extends CacheStoreContract {
        @Override
        protected CacheStore make() {
            return redis().cacheStore();
        }

        @Override
        protected void pass(Duration time) {
            PortsOnRedis.this.pass(time);
        }
    }

    @Nested
    class AllLeases extends LeasesContract {
        @Override
        protected Leases make() {
            return redis().leases();
        }

        @Override
        protected void pass(Duration time) {
            PortsOnRedis.this.pass(time);
        }
    }

    @Nested
    class Nonces extends NonceStoreContract {
        @Override
        protected NonceStore make() {
            return redis().nonces();
        }

        @Override
        protected void pass(Duration time) {
            PortsOnRedis.this.pass(time);
        }
    }

    @Nested
    class Rates extends RateLimitsContract {
        @Override
        protected RateLimits make() {
            return redis().rateLimits();
        }

        @Override
        protected void pass(Duration time) {
            PortsOnRedis.this.pass(time);
        }
    }

    @Nested
    class Bus extends EventBusContract {
        @Override
        protected EventBus make() {
            return redis().eventBus();
        }

        @Override
        protected void interrupt() {
            kill();
        }

        @Override
        protected void restore() {
            restart();
        }
    }
}
