package io.breakwater.bootstrap.bench;

import java.util.List;
import java.util.Map;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ZRangeParams;

/** What the shop has in Redis: carts, the ranking of the products, and for each user a counter and a list of orders. */
final class ShopRedis implements AutoCloseable {
    private static final String RANKING = "ranking";
    private static final String MEMBER = "product:";

    private final RedisClient redis;

    private ShopRedis(RedisClient redis) {
        this.redis = redis;
    }

    /** Creates a client for Redis on a port of the loopback address. */
    static ShopRedis on(int port, int connections) {
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setJmxEnabled(false);
        return new ShopRedis(RedisClient.builder()
                .hostAndPort("127.0.0.1", port)
                .clientConfig(DefaultJedisClientConfig.builder().build())
                .poolConfig(pool)
                .build());
    }

    /** Returns the ids of the products with the highest scores. */
    List<Integer> mostPopular(int number) {
        return redis.zrange(RANKING, ZRangeParams.zrangeParams(0, number - 1).rev()).stream()
                .map(member -> Integer.valueOf(member.substring(MEMBER.length())))
                .toList();
    }

    /** Returns the fields of a user's cart. */
    Map<String, String> cart(String user) {
        return redis.hgetAll("cart:" + user);
    }

    /**
     * Counts and stores an order, with one trip to Redis.
     *
     * @return the number of the user's orders so far
     */
    long addOrder(String user, int product, String order) {
        try (var pipeline = redis.pipelined()) {
            var count = pipeline.incr("checkouts:" + user);
            pipeline.zincrby(RANKING, 1, MEMBER + product);
            pipeline.rpush("orders:" + user, order);
            pipeline.sync();
            return count.get();
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
