package io.breakwater.adapter.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.Pool;

/**
 * A client of Jedis that knows its servers, and what Jedis says about them differently for each way of running Redis.
 */
sealed interface ConnectedClient {

    /** Sends commands. */
    UnifiedJedis jedis();

    /** Its connections, by server. */
    Collection<? extends Pool<Connection>> pools();

    /** A server that hears whatever is published. */
    HostAndPort listeningPost();

    /** Whether that server still hears whatever is published. */
    boolean hears(HostAndPort server);

    /** One server. */
    record OfSingle(RedisClient jedis, HostAndPort address) implements ConnectedClient {
        @Override
        public Collection<Pool<Connection>> pools() {
            return List.of(jedis.getPool());
        }

        @Override
        public HostAndPort listeningPost() {
            return address;
        }

        @Override
        public boolean hears(HostAndPort server) {
            return true;
        }
    }

    /** The primary that the Sentinels agreed on; its replicas hear what it hears, but nobody else's. */
    record OfSentinel(RedisSentinelClient jedis) implements ConnectedClient {
        @Override
        public Collection<? extends Pool<Connection>> pools() {
            return jedis.getPrimaryNodesConnectionMap().values();
        }

        @Override
        public HostAndPort listeningPost() {
            return jedis.getCurrentMaster();
        }

        @Override
        public boolean hears(HostAndPort server) {
            return server.equals(jedis.getCurrentMaster());
        }
    }

    /** A cluster: what is published at one node is heard at all. */
    record OfCluster(RedisClusterClient jedis) implements ConnectedClient {
        @Override
        public Collection<? extends Pool<Connection>> pools() {
            return jedis.getClusterNodes().values();
        }

        @Override
        public HostAndPort listeningPost() {
            var nodes = new ArrayList<>(jedis.getClusterNodes().keySet());
            return HostAndPort.from(nodes.get(ThreadLocalRandom.current().nextInt(nodes.size())));
        }

        @Override
        public boolean hears(HostAndPort server) {
            return jedis.getClusterNodes().containsKey(server.toString());
        }
    }
}
