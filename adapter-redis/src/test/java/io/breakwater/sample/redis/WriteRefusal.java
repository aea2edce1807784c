package io.breakwater.sample.redis;

import redis.clients.jedis.Jedis;

/** Why a Redis refuses writes while it still answers reads. */
public enum WriteRefusal {
    /** Its memory is full, and its policy is not to evict. */
    FULL("Redis is full") {
        @Override
        void begin(Jedis redis) {
            redis.configSet("maxmemory", "1");
        }

        @Override
        void end(Jedis redis) {
            redis.configSet("maxmemory", "0");
        }
    },
    /** It became the replica of a server that cannot be reached. */
    READ_ONLY("is a replica") {
        @Override
        void begin(Jedis redis) {
            redis.replicaof(RedisServer.HOST, UNUSED_PORT);
        }

        @Override
        void end(Jedis redis) {
            redis.replicaofNoOne();
        }
    };

    /** No server listens there. */
    private static final int UNUSED_PORT = 1;

    private final String reason;

    WriteRefusal(String reason) {
        this.reason = reason;
    }

    abstract void begin(Jedis redis);

    abstract void end(Jedis redis);

    /** Lets the server refuse writes. */
    public void begin(RedisServer server) {
        server.tell(this::begin);
    }

    /** Lets the server accept writes again. */
    public void end(RedisServer server) {
        server.tell(this::end);
    }

    /** Returns a part of the sentence in which operators read the reason. */
    public String reason() {
        return reason;
    }
}
