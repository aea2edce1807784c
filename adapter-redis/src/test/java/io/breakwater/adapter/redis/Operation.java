package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.memory.ManualCallContext;
import java.time.Duration;
import java.util.List;

/** Everything that can be asked of a Redis, once. */
enum Operation {
    GET {
        @Override
        void on(RedisServices redis) {
            redis.cacheStore().get("key");
        }
    },
    PUT {
        @Override
        void on(RedisServices redis) {
            redis.cacheStore().put("key", "value".getBytes(UTF_8), Duration.ofMinutes(1));
        }
    },
    REMOVE {
        @Override
        void on(RedisServices redis) {
            redis.cacheStore().remove("key");
        }
    },
    PUBLISH {
        @Override
        void on(RedisServices redis) {
            redis.eventBus().publish("topic", "news".getBytes(UTF_8));
        }
    },
    ACQUIRE {
        @Override
        void on(RedisServices redis) {
            redis.leases().acquire("lease", "holder", Duration.ofMinutes(1));
        }
    },
    RELEASE {
        @Override
        void on(RedisServices redis) {
            redis.leases().release("lease", "holder");
        }
    },
    TAKE {
        @Override
        void on(RedisServices redis) {
            var key = new RateLimits.BucketKey(RateLimits.Scope.PRINCIPAL, "ann", "echo");
            redis.rateLimits().take(List.of(new RateLimits.Charge(key, RateLimit.perMinute(100), 1)));
        }
    },
    PROBE {
        @Override
        void on(RedisServices redis) throws Exception {
            redis.dependency(Dependency.Need.OPTIONAL).probe().probe(ManualCallContext.unhurried());
        }
    };

    abstract void on(RedisServices redis) throws Exception;
}
