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
 * A Jedis client that knows its servers. Jedis exposes pools and servers differently for each mode of Redis.
 */
sealed interface ConnectedClient {

    /** The client, which sends commands. */
    UnifiedJedis jedis();

    /** The connection pools, one for each server. */
    Collection<? extends Pool<Connection>> pools();

    /** A server that receives all published messages. */
    HostAndPort subscriptionServer();

    /** Whether that server still receives all published messages. */
    boolean receivesAllMessages(HostAndPort server);

    /** One server. */
    record OfSingle(RedisClient jedis, HostAndPort address) implements ConnectedClient {
        @Override
        public Collection<Pool<Connection>> pools() {
            return List.of(jedis.getPool());
        }

        @Override
        public HostAndPort subscriptionServer() {
            return address;
        }

        @Override
        public boolean receivesAllMessages(HostAndPort server) {
            return true;
        }
    }

    /** The primary that the Sentinels agreed on. Only messages published there reach all subscribers. */
    record OfSentinel(RedisSentinelClient jedis) implements ConnectedClient {
        @Override
        public Collection<? extends Pool<Connection>> pools() {
            return jedis.getPrimaryNodesConnectionMap().values();
        }

        @Override
        public HostAndPort subscriptionServer() {
            return jedis.getCurrentMaster();
        }

        @Override
        public boolean receivesAllMessages(HostAndPort server) {
            return server.equals(jedis.getCurrentMaster());
        }
    }

    /** A cluster: a message that is published at one node reaches all nodes. */
    record OfCluster(RedisClusterClient jedis) implements ConnectedClient {
        @Override
        public Collection<? extends Pool<Connection>> pools() {
            return jedis.getClusterNodes().values();
        }

        @Override
        public HostAndPort subscriptionServer() {
            var nodes = new ArrayList<>(jedis.getClusterNodes().keySet());
            return HostAndPort.from(nodes.get(ThreadLocalRandom.current().nextInt(nodes.size())));
        }

        @Override
        public boolean receivesAllMessages(HostAndPort server) {
            return jedis.getClusterNodes().containsKey(server.toString());
        }
    }
}
