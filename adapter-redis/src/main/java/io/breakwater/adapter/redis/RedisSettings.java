package io.breakwater.adapter.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be chosen about {@link Redis}. Start from a URL and change what differs:
 *
 * <pre>{@code
 * RedisSettings.single("rediss://app:secret@cache.example.com/0").withPrefix("shop")
 * RedisSettings.sentinel("redis://:secret@s1,s2,s3", "primary")
 * RedisSettings.cluster("redis://:secret@n1:7001,n2:7001")
 * }</pre>
 *
 * <p>A URL is {@code redis://[[user]:password@]host[:port][,host[:port]...][/database]}, or {@code rediss://} for TLS;
 * in user and password, {@code %40} stands for {@code @}, and so on. Prints without its secrets.
 *
 * @param servers where Redis is, and how it is run
 * @param login who we are, or null when Redis asks nobody
 * @param database which of the numbered databases; a cluster has 0 alone
 * @param tls how the connection is encrypted, or null when it is not
 * @param prefix with which all our keys and channels begin, one for each deployment: replicas of one share it, no other
 *     may. Letters, digits, dots, dashes and underscores
 * @param connections at the same time, one for listening apart; in a cluster, to each node
 * @param operationTime after which a caller is told that Redis is unavailable, whatever it does
 * @param connectTime for each step of making a connection, in the background when it takes longer than a caller waits
 * @param valueBytes the largest value of the cache; a larger one is neither kept nor read
 */
public record RedisSettings(
        Servers servers,
        @Nullable Login login,
        int database,
        @Nullable Tls tls,
        String prefix,
        int connections,
        Duration operationTime,
        Duration connectTime,
        int valueBytes) {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int LARGEST_VALUE = 64 * 1024 * 1024;

    /** Refuses what could never work. */
    public RedisSettings {
        check(database >= 0, "redis.database must not be negative");
        check(
                database == 0 || !(servers instanceof Cluster),
                "redis.database must be 0: a cluster has no other database");
        check(
                PREFIX.matcher(prefix).matches(),
                "redis.prefix must be 1 to 64 letters, digits, dots, dashes or underscores, for instance shop");
        check(connections > 0, "redis.connections must be greater than 0");
        check(operationTime.toMillis() > 0, "redis.operation-time must be a millisecond or longer");
        check(connectTime.toMillis() > 0, "redis.connect-time must be a millisecond or longer");
        check(
                valueBytes > 0 && valueBytes <= LARGEST_VALUE,
                "redis.value-bytes must be between 1 and " + LARGEST_VALUE);
    }

    /** One server, at the one address of that URL. */
    public static RedisSettings single(String url) {
        var read = RedisUrl.parse(url, 6379);
        check(read.addresses().size() == 1, "redis.url names several hosts, which takes the mode sentinel or cluster");
        return of(read, new Single(read.addresses().getFirst()));
    }

    /** The primary of that name, as the Sentinels at the addresses of that URL know it; they ask for no password. */
    public static RedisSettings sentinel(String url, String master) {
        var read = RedisUrl.parse(url, 26379);
        return of(read, new Sentinel(master, read.addresses(), null));
    }

    /** The cluster that the nodes at the addresses of that URL belong to. */
    public static RedisSettings cluster(String url) {
        var read = RedisUrl.parse(url, 6379);
        return of(read, new Cluster(read.addresses()));
    }

    /** One server on this machine, without password and TLS. */
    public static RedisSettings defaults() {
        return single("redis://localhost");
    }

    private static RedisSettings of(RedisUrl url, Servers servers) {
        return new RedisSettings(
                servers,
                url.login(),
                url.database(),
                url.encrypted() ? Tls.system() : null,
                "breakwater",
                16,
                Duration.ofMillis(150),
                Duration.ofSeconds(1),
                2 * 1024 * 1024);
    }

    /** These settings with another login. */
    public RedisSettings withLogin(@Nullable Login login) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTime, connectTime, valueBytes);
    }

    /** These settings with Sentinels that ask for a login of their own; nothing changes in another mode. */
    public RedisSettings withSentinelLogin(@Nullable Login login) {
        return servers instanceof Sentinel sentinel
                ? withServers(new Sentinel(sentinel.master(), sentinel.addresses(), login))
                : this;
    }

    private RedisSettings withServers(Servers servers) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTime, connectTime, valueBytes);
    }

    /** These settings with other TLS, or without. */
    public RedisSettings withTls(@Nullable Tls tls) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTime, connectTime, valueBytes);
    }

    /** These settings with another prefix. */
    public RedisSettings withPrefix(String prefix) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTime, connectTime, valueBytes);
    }

    /** These settings with another number of connections. */
    public RedisSettings withConnections(int connections) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTime, connectTime, valueBytes);
    }

    /** These settings with other times. */
    public RedisSettings withTimes(Duration operationTime, Duration connectTime) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTime, connectTime, valueBytes);
    }

    /** These settings with another largest value. */
    public RedisSettings withValueBytes(int valueBytes) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTime, connectTime, valueBytes);
    }

    private static void check(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Where Redis is, and how it is run. */
    public sealed interface Servers {}

    /** One server. */
    public record Single(Address address) implements Servers {}

    /**
     * A primary and its replicas, watched by Sentinels that say who the primary is.
     *
     * @param master under which name the Sentinels know it
     * @param addresses of the Sentinels; one that answers is enough
     * @param login what the Sentinels ask for, or null
     */
    public record Sentinel(
            String master,
            List<Address> addresses,
            @Nullable Login login) implements Servers {
        /** Refuses what could never be found. */
        public Sentinel {
            check(!master.isBlank(), "redis.master must be the name that the Sentinels know, for instance mymaster");
            check(!addresses.isEmpty(), "redis.url must name a Sentinel");
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Redis Cluster.
     *
     * @param addresses of nodes to ask for the others; one that answers is enough
     */
    public record Cluster(List<Address> addresses) implements Servers {
        /** Refuses what could never be found. */
        public Cluster {
            check(!addresses.isEmpty(), "redis.url must name a node");
            addresses = List.copyOf(addresses);
        }
    }

    /** A host name or address, and a port. */
    public record Address(String host, int port) {
        /** Refuses what could never be reached. */
        public Address {
            check(!host.isBlank(), "redis.url must name a host, for instance redis://localhost:6379");
            check(port > 0 && port <= 65_535, "redis.url must name a port between 1 and 65535");
        }
    }

    /**
     * Who we are to Redis (ACL).
     *
     * @param user {@code default} when only a password was given
     * @param password never printed
     */
    public record Login(String user, String password) {
        /** Refuses what Redis would. */
        public Login {
            check(!user.isBlank(), "redis.user must not be empty; the user without a name is called default");
            check(!password.isEmpty(), "redis.password must not be empty");
        }

        @Override
        public String toString() {
            return "Login[user=" + user + ", password=******]";
        }
    }

    /**
     * How the connection is encrypted. The server's certificate must be good for the name it is reached by. All files
     * are PEM.
     *
     * @param authorities who may have signed the server's certificate, or null for those the Java runtime trusts
     * @param certificate the chain that says who we are, our own certificate first, or null when nobody asks
     * @param key its private key (PKCS#8, not encrypted), or null
     */
    public record Tls(
            @Nullable Path authorities,
            @Nullable Path certificate,
            @Nullable Path key) {
        /** Refuses half of a pair. */
        public Tls {
            check(
                    (certificate == null) == (key == null),
                    "redis.tls.certificate and redis.tls.key belong together: give both or neither");
        }

        /** The authorities that the Java runtime trusts, no certificate of our own. */
        public static Tls system() {
            return new Tls(null, null, null);
        }
    }
}
