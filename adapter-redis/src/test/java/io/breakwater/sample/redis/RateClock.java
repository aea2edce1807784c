package io.breakwater.sample.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import redis.clients.jedis.params.SetParams;

/**
 * Measures the rate that a deployment admits, by the clock of its Redis, so that the speed of this machine does not matter.
 * The measurement begins with an empty bucket, since the time until the first call would count otherwise.
 */
public final class RateClock {
    private static final double MICROS_PER_MINUTE = 60_000_000;

    private final RedisServer server;
    private final double interval;
    private final long begin;

    private RateClock(RedisServer server, double interval, long begin) {
        this.server = server;
        this.interval = interval;
        this.begin = begin;
    }

    /**
     * Empties the only bucket in Redis, which gets this number of tokens in a minute up to the burst, and begins. No call
     * may be in progress.
     *
     * @param call makes a call, after which Redis has the bucket until it is full again
     */
    public static RateClock begin(RedisServer server, int callsPerMinute, int burst, Runnable call) {
        var bucket = bucket(server, call);
        double interval = MICROS_PER_MINUTE / callsPerMinute;
        long now = micros(server);
        var full = String.format(Locale.ROOT, "%.3f", now + burst * interval);
        server.tell(jedis -> jedis.set(bucket, full, SetParams.setParams().px((long) (burst * interval / 1_000))));
        return new RateClock(server, interval, now);
    }

    private static String bucket(RedisServer server, Runnable call) {
        var found = new HashSet<String>();
        RedisWait.until(() -> {
            call.run();
            found.addAll(server.ask(jedis -> jedis.keys("*:rate:*")));
            return !found.isEmpty();
        });
        assertThat(found).as("buckets").hasSize(1);
        return found.iterator().next();
    }

    private static long micros(RedisServer server) {
        var time = server.<List<String>>ask(jedis -> jedis.time());
        return Long.parseLong(time.getFirst()) * 1_000_000 + Long.parseLong(time.getLast());
    }

    /** Returns the number of calls that the rate admits from the beginning until now. */
    public double calls() {
        return (micros(server) - begin) / interval;
    }
}
