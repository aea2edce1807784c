package io.breakwater.sample.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;

/**
 * A real Redis on loopback that keeps nothing on disk, and that a test may kill, freeze and start again on the same
 * port. Ends with the process at the latest.
 */
public final class RedisServer implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    private static final JedisClientConfig ANONYMOUS =
            DefaultJedisClientConfig.builder().autoNegotiateProtocol(false).build();

    private final int port;
    private final JedisClientConfig administrator;
    private final RedisProcess process;

    private RedisServer(RedisProgram program, int port, List<String> options, JedisClientConfig administrator) {
        this.port = port;
        this.administrator = administrator;
        this.process = new RedisProcess(program, options);
        awaitAnswer();
    }

    /** A server that all clients on loopback may use. Options as redis-server takes them: {@code --maxmemory 10mb}. */
    public static RedisServer start(RedisProgram program, String... options) {
        return start(program, RedisProcess.freePort(), options);
    }

    static RedisServer start(RedisProgram program, int port, String... options) {
        var all = options("--port", Integer.toString(port));
        all.addAll(List.of(options));
        return new RedisServer(
                program,
                port,
                all,
                DefaultJedisClientConfig.builder().autoNegotiateProtocol(false).build());
    }

    /**
     * A server that accepts only TLS and requires a password.
     *
     * @param own what it shows its clients
     * @param clients whether a client needs a certificate too: {@code yes} or {@code no}
     * @param password of the user {@code default}, who may do everything
     */
    public static RedisServer secured(
            RedisProgram program, Certificates certificates, Certificates.Pair own, String clients, String password) {
        int port = RedisProcess.freePort();
        var all = options("--port", "0", "--tls-port", Integer.toString(port), "--requirepass", password);
        all.addAll(List.of("--tls-cert-file", own.certificate().toString()));
        all.addAll(List.of("--tls-key-file", own.key().toString()));
        all.addAll(List.of("--tls-ca-cert-file", certificates.authority().toString()));
        all.addAll(List.of("--tls-auth-clients", clients));
        return new RedisServer(program, port, all, certificates.administrator(password));
    }

    /** A Sentinel that watches the primary on that port, and takes half a second of silence for its death. */
    static RedisServer sentinel(RedisProgram program, String master, int primary, Duration silence) {
        int port = RedisProcess.freePort();
        var file = RedisProcess.file("""
                port %1$d
                bind %2$s
                sentinel monitor %3$s %2$s %4$d 2
                sentinel down-after-milliseconds %3$s %5$d
                sentinel failover-timeout %3$s 2000
                """.formatted(port, HOST, master, primary, silence.toMillis()));
        return new RedisServer(program, port, List.of(file.toString(), "--sentinel"), ANONYMOUS);
    }

    private static List<String> options(String... first) {
        var options = new ArrayList<>(List.of(first));
        options.addAll(List.of("--bind", HOST, "--save", ""));
        return options;
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** As a setting writes it. */
    public String url() {
        return "redis://" + HOST + ":" + port;
    }

    HostAndPort address() {
        return new HostAndPort(HOST, port);
    }

    /** Runs a query as an administrator, over a separate connection. */
    public <T> T ask(Function<Jedis, T> question) {
        try (var jedis = new Jedis(address(), administrator)) {
            return question.apply(jedis);
        }
    }

    /** Runs a command as an administrator, over a separate connection. */
    public void tell(Consumer<Jedis> order) {
        ask(jedis -> {
            order.accept(jedis);
            return true;
        });
    }

    /** Lets that much of the life of every key with that prefix pass, without waiting. */
    public void pass(String prefix, Duration time) {
        tell(jedis -> keys(jedis, prefix).forEach(key -> {
            long left = jedis.pttl(key);
            if (left >= 0) {
                jedis.pexpire(key, left - time.toMillis()); // which deletes it when nothing is left
                moveTime(jedis, key, time);
            }
        }));
    }

    /** The value of the key of a rate limit is a time, in microseconds. */
    private static void moveTime(Jedis jedis, byte[] key, Duration time) {
        if (new String(key, US_ASCII).contains(":rate:") && jedis.exists(key)) {
            double value = Double.parseDouble(new String(jedis.get(key), US_ASCII));
            var moved = String.format(Locale.ROOT, "%.3f", value - time.toNanos() / 1_000d);
            jedis.set(key, moved.getBytes(US_ASCII), SetParams.setParams().keepTtl());
        }
    }

    private static List<byte[]> keys(Jedis jedis, String prefix) {
        var keys = new ArrayList<byte[]>();
        var match = new ScanParams().match(prefix + "*").count(1_000);
        var cursor = ScanParams.SCAN_POINTER_START_BINARY;
        do {
            var page = jedis.scan(cursor, match);
            keys.addAll(page.getResult());
            cursor = page.getCursorAsBytes();
        } while (cursor.length != 1 || cursor[0] != '0');
        return keys;
    }

    /** Ends it on the spot. */
    public void kill() {
        process.kill();
    }

    /** Starts it again, empty, on the same port; returns when it answers. */
    public void restart() {
        process.restart();
        awaitAnswer();
    }

    /** Lets it keep its connections, take new ones, and answer nothing. */
    public void freeze() {
        process.freeze();
    }

    /** Lets it go on after {@link #freeze}. */
    public void thaw() {
        process.thaw();
    }

    private void awaitAnswer() {
        RedisWait.until(this::answers, process::output);
    }

    private boolean answers() {
        try {
            return ask(Jedis::ping).equals("PONG");
        } catch (JedisConnectionException e) {
            if (!process.isAlive()) {
                throw new AssertionError(process.output(), e);
            }
            return false;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
