package io.breakwater.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.sample.redis.MuteServer;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.sample.redis.RedisWait;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class RedisMetricsTest {
    private final Map<String, DoubleSupplier> shown = new HashMap<>();

    @Test
    void reportsConnectionsAndTheEventSubscription() {
        try (var server = RedisServer.start(RedisProgram.BUNDLED);
                var redis = RedisServices.open(RedisSettings.single(server.url()))) {
            redis.bindMetrics(new MapSink());
            var reply = new AwaitingListener();
            redis.eventBus().subscribe("topic", reply);
            reply.awaitConnected();

            RedisWait.until(() -> value("mcp_pool_connections{pool=redis, state=idle}") > 0);
            assertThat(value("mcp_pool_connections{pool=redis, state=active}")).isZero();
            assertThat(value("mcp_pool_connections_max{pool=redis}")).isEqualTo(16);
            assertThat(value("mcp_pool_waiting{pool=redis}")).isZero();
            assertThat(value("mcp_redis_events_connected{}")).isEqualTo(1);
            assertThat(value("mcp_redis_events_lost_total{}")).isZero();

            server.kill();
            reply.awaitLost();
            RedisWait.until(() -> value("mcp_redis_events_lost_total{}") == 1);
            assertThat(value("mcp_redis_events_connected{}")).isZero();
        }
    }

    @Test
    void countsTimeoutsAndRejections() {
        try (var silent = MuteServer.saying();
                var redis = RedisServices.open(RedisSettings.single(silent.url())
                        .withConnections(2)
                        .withTimes(Duration.ofMillis(50), Duration.ofHours(1)))) {
            redis.bindMetrics(new MapSink());

            assertThat(works(redis)).isFalse();
            assertThat(value("mcp_redis_late_total{}")).isEqualTo(1);

            RedisWait.until(() -> !works(redis) && value("mcp_redis_refused_total{}") > 0);
        }
    }

    private static boolean works(RedisServices redis) {
        try {
            redis.cacheStore().get("key");
            return true;
        } catch (PortException.UnavailableException e) {
            return false;
        }
    }

    private double value(String figure) {
        assertThat(shown).containsKey(figure);
        return shown.getOrDefault(figure, () -> Double.NaN).getAsDouble();
    }

    private final class MapSink implements MetricSink {
        @Override
        public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
            shown.put(name + new TreeMap<>(labels), value);
        }

        @Override
        public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {
            shown.put(name + new TreeMap<>(labels), value);
        }
    }
}
