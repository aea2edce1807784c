package io.breakwater.sample.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A real primary and its replica on loopback, and three Sentinels that watch them. */
public final class RedisSentinels implements AutoCloseable {
    /** Under which name the Sentinels know the primary. */
    public static final String MASTER = "sample";

    private final List<RedisServer> servers;
    private final List<RedisServer> sentinels;

    private RedisSentinels(List<RedisServer> servers, List<RedisServer> sentinels) {
        this.servers = servers;
        this.sentinels = sentinels;
    }

    /**
     * Starts them; returns when all know each other.
     *
     * @param silence the time after which a primary that does not respond is replaced; on a busy machine, it may be silent
     *     for seconds
     */
    public static RedisSentinels start(RedisProgram program, Duration silence) {
        var primary = RedisServer.start(program);
        var replica = RedisServer.start(program, "--replicaof", RedisServer.HOST, Integer.toString(primary.port()));
        var watchers = new ArrayList<RedisServer>();
        for (int i = 0; i < 3; i++) {
            watchers.add(RedisServer.sentinel(program, MASTER, primary.port(), silence));
        }
        var all = new RedisSentinels(List.of(primary, replica), List.copyOf(watchers));
        all.awaitAgreement();
        return all;
    }

    /** Returns when every Sentinel sees a primary with its replica, and the other Sentinels. */
    public void awaitAgreement() {
        RedisWait.until(() -> sentinels.stream().allMatch(RedisSentinels::agrees));
    }

    private static boolean agrees(RedisServer sentinel) {
        try {
            return sentinel.ask(jedis -> jedis.info("sentinel")).contains("name=" + MASTER + ",status=ok,address=")
                    && sentinel.ask(jedis -> jedis.info("sentinel")).contains(",slaves=1,sentinels=3");
        } catch (JedisException e) {
            return false;
        }
    }

    /** The current primary according to the first Sentinel. */
    public RedisServer primary() {
        var address = sentinels.getFirst().ask(jedis -> jedis.sentinelGetMasterAddrByName(MASTER));
        int port = Integer.parseInt(address.getLast());
        return servers.stream()
                .filter(server -> server.port() == port)
                .findAny()
                .orElseThrow();
    }

    /** Tells the primary and its replica something as an administrator. */
    public void tell(Consumer<Jedis> order) {
        servers.forEach(server -> server.tell(order));
    }

    /** Tells every Sentinel something as an administrator. */
    public void tellSentinels(Consumer<Jedis> order) {
        sentinels.forEach(sentinel -> sentinel.tell(order));
    }

    /** As a setting writes it: the Sentinels. */
    public String url() {
        return sentinels.stream()
                .map(sentinel -> RedisServer.HOST + ":" + sentinel.port())
                .collect(Collectors.joining(",", "redis://", ""));
    }

    /** Lets that much of the life of every key with that prefix pass, without waiting. */
    public void pass(String prefix, Duration time) {
        primary().pass(prefix, time);
    }

    /** Ends all of them on the spot. */
    public void kill() {
        all().forEach(RedisServer::kill);
    }

    /** Starts them again, empty; returns when they know each other. */
    public void restart() {
        all().forEach(RedisServer::restart);
        awaitAgreement();
    }

    private Stream<RedisServer> all() {
        return Stream.concat(sentinels.stream(), servers.stream());
    }

    @Override
    public void close() {
        kill();
    }
}
