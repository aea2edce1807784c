package io.breakwater.sample.redis;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A real Redis Cluster on loopback: three primaries that share the slots, and a replica of the first. Where a primary
 * is missing, the others serve what is theirs.
 */
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final int PRIMARIES = 3;

    private final List<RedisServer> nodes;

    private RedisCluster(List<RedisServer> nodes) {
        this.nodes = nodes;
    }

    /**
     * Starts it; returns when all nodes agree that all is well.
     *
     * @param silence the time after which a node that does not respond is replaced; on a busy machine, a node may be silent
     *     for seconds
     */
    public static RedisCluster start(RedisProgram program, Duration silence) {
        var cluster = new RedisCluster(IntStream.rangeClosed(0, PRIMARIES)
                .mapToObj(i -> node(program, silence))
                .toList());
        cluster.shareSlots();
        cluster.meet();
        cluster.awaitAgreement();
        cluster.replicateTheFirst();
        return cluster;
    }

    private static RedisServer node(RedisProgram program, Duration silence) {
        return RedisServer.start(
                program,
                "--cluster-enabled",
                "yes",
                "--cluster-node-timeout",
                Long.toString(silence.toMillis()),
                "--cluster-require-full-coverage",
                "no");
    }

    private void shareSlots() {
        for (int i = 0; i < PRIMARIES; i++) {
            var slots = IntStream.range(i * SLOTS / PRIMARIES, (i + 1) * SLOTS / PRIMARIES)
                    .toArray();
            nodes.get(i).tell(jedis -> jedis.clusterAddSlots(slots));
        }
    }

    private void meet() {
        nodes.forEach(other -> nodes.getFirst().tell(jedis -> jedis.clusterMeet(RedisServer.HOST, other.port())));
    }

    private void replicateTheFirst() {
        var first = nodes.getFirst().ask(jedis -> jedis.clusterMyId());
        var replica = nodes.getLast();
        replica.tell(jedis -> jedis.clusterReplicate(first));
        RedisWait.until(() -> replica.ask(jedis -> jedis.info("replication")).contains("master_link_status:up"));
    }

    /** Returns when every node sees every other and serves. */
    public void awaitAgreement() {
        RedisWait.until(() -> nodes.stream().allMatch(this::agrees));
    }

    private boolean agrees(RedisServer node) {
        try {
            var info = node.ask(jedis -> jedis.clusterInfo());
            var seen = node.ask(jedis -> jedis.clusterNodes());
            return info.contains("cluster_state:ok")
                    && info.contains("cluster_slots_ok:" + SLOTS)
                    && seen.lines()
                                    .filter(line -> !line.contains("fail") && !line.contains("handshake"))
                                    .count()
                            == nodes.size();
        } catch (JedisException e) {
            return false;
        }
    }

    /** Tells every node something as an administrator. */
    public void tell(Consumer<Jedis> order) {
        nodes.forEach(node -> node.tell(order));
    }

    /** The primary that a key belongs to, as the slots were shared at the start. */
    public RedisServer home(String key) {
        return nodes.get(JedisClusterCRC16.getSlot(key) * PRIMARIES / SLOTS);
    }

    /** Has a replica, which takes over when it is missing for about a second. */
    public RedisServer replicated() {
        return nodes.getFirst();
    }

    /** As a setting writes it. */
    public String url() {
        return nodes.stream()
                .map(node -> RedisServer.HOST + ":" + node.port())
                .collect(Collectors.joining(",", "redis://", ""));
    }

    /** Lets that much of the life of every key with that prefix pass, without waiting. */
    public void pass(String prefix, Duration time) {
        nodes.subList(0, PRIMARIES).forEach(node -> node.pass(prefix, time));
    }

    /** Ends every node on the spot. */
    public void kill() {
        nodes.forEach(RedisServer::kill);
    }

    /** Starts them again, empty, as members of the same cluster; returns when they agree. */
    public void restart() {
        nodes.forEach(RedisServer::restart);
        awaitAgreement();
    }

    @Override
    public void close() {
        kill();
    }
}
