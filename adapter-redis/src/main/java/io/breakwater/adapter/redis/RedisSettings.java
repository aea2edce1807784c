package io.breakwater.adapter.redis;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@link RedisServices}. Start with a URL, and change the values that differ:
 *
 * <pre>{@code
 * RedisSettings.single("rediss://app:secret@cache.example.com/0").withPrefix("shop")
 * RedisSettings.sentinel("redis://:secret@s1,s2,s3", "primary")
 * RedisSettings.cluster("redis://:secret@n1:7001,n2:7001")
 * }</pre>
 *
 * <p>A URL is {@code redis://[[user]:password@]host[:port][,host[:port]...][/database]}, or {@code rediss://} for TLS;
 * user and password are percent-encoded, for example {@code %40} for {@code @}. The text form contains no secrets.
 *
 * @param servers the addresses of Redis, and its mode
 * @param login the user and the password, or null when Redis requires none
 * @param database the number of the database; a cluster has only database 0
 * @param tls the settings for TLS, or null for connections without encryption
 * @param prefix the first part of all keys and channels: the replicas of one deployment share it, and each deployment
 *     has its own. 1 to 64 letters, digits, dots, dashes and underscores
 * @param connections the maximum number of connections, in a cluster to each node; the event bus uses one more
 * @param operationTimeout the time after which an operation fails as unavailable
 * @param connectTimeout the timeout for each step of opening a connection; opening continues in the background when it
 *     takes longer than the caller waits
 * @param valueBytes the maximum size of a cached value, in bytes; larger values are neither stored nor read
 */
public record RedisSettings(
        Servers servers,
        @Nullable Login login,
        int database,
        @Nullable Tls tls,
        String prefix,
        int connections,
        Duration operationTimeout,
        Duration connectTimeout,
        int valueBytes) {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int LARGEST_VALUE = 64 * 1024 * 1024;

    static final int MAX_PORT = 65_535;

    /** Refuses values that cannot work. */
    public RedisSettings {
        notNull(servers, "RedisSettings.servers");
        notNull(prefix, "RedisSettings.prefix");
        check(database >= 0, "database must not be negative");
        check(
                database == 0 || !(servers instanceof Cluster),
                "database must be 0 for a cluster, which has no other database");
        check(
                PREFIX.matcher(prefix).matches(),
                "prefix must be 1 to 64 letters, digits, dots, dashes or underscores, for example shop");
        positive(connections, "RedisSettings.connections");
        check(
                notNull(operationTimeout, "RedisSettings.operationTimeout").toMillis() > 0,
                "operationTimeout must be at least 1 ms");
        check(
                notNull(connectTimeout, "RedisSettings.connectTimeout").toMillis() > 0,
                "connectTimeout must be at least 1 ms");
        check(valueBytes > 0 && valueBytes <= LARGEST_VALUE, "valueBytes must be between 1 and " + LARGEST_VALUE);
    }

    /** Settings for one server; the URL contains one address. */
    public static RedisSettings single(String url) {
        var parsed = RedisUrl.parse(url, 6379);
        check(parsed.addresses().size() == 1, "url names several hosts, which requires the mode sentinel or cluster");
        return of(parsed, new Single(parsed.addresses().getFirst()));
    }

    /**
     * Settings for a primary that Sentinels monitor. The Sentinels require no password.
     *
     * @param url the addresses of the Sentinels, and the login of the primary
     * @param master the name under which the Sentinels know the primary
     */
    public static RedisSettings sentinel(String url, String master) {
        var parsed = RedisUrl.parse(url, 26379);
        return of(parsed, new Sentinel(master, parsed.addresses(), null));
    }

    /** Settings for a cluster; the URL contains the addresses of some of its nodes. */
    public static RedisSettings cluster(String url) {
        var parsed = RedisUrl.parse(url, 6379);
        return of(parsed, new Cluster(parsed.addresses()));
    }

    /** Settings for one server on this machine, without a password and TLS. */
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
                servers, login, database, tls, prefix, connections, operationTimeout, connectTimeout, valueBytes);
    }

    /** These settings with a login for the Sentinels; nothing changes in other modes. */
    public RedisSettings withSentinelLogin(@Nullable Login login) {
        return servers instanceof Sentinel sentinel
                ? withServers(new Sentinel(sentinel.master(), sentinel.addresses(), login))
                : this;
    }

    private RedisSettings withServers(Servers servers) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTimeout, connectTimeout, valueBytes);
    }

    /** These settings with other TLS settings, or without TLS. */
    public RedisSettings withTls(@Nullable Tls tls) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTimeout, connectTimeout, valueBytes);
    }

    /** These settings with another prefix. */
    public RedisSettings withPrefix(String prefix) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTimeout, connectTimeout, valueBytes);
    }

    /** These settings with another number of connections. */
    public RedisSettings withConnections(int connections) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTimeout, connectTimeout, valueBytes);
    }

    /** These settings with other times. */
    public RedisSettings withTimes(Duration operationTimeout, Duration connectTimeout) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTimeout, connectTimeout, valueBytes);
    }

    /** These settings with another largest value. */
    public RedisSettings withValueBytes(int valueBytes) {
        return new RedisSettings(
                servers, login, database, tls, prefix, connections, operationTimeout, connectTimeout, valueBytes);
    }

    /** The addresses of Redis, and its mode. */
    public sealed interface Servers {}

    /** One server. */
    public record Single(Address address) implements Servers {
        /** Refuses null. */
        public Single {
            notNull(address, "RedisSettings.Single.address");
        }
    }

    /**
     * A primary and its replicas. Sentinels monitor them and know which server is the primary.
     *
     * @param master the name under which the Sentinels know the primary
     * @param addresses the addresses of Sentinels; one that replies is enough
     * @param login the login that the Sentinels require, or null
     */
    public record Sentinel(
            String master,
            List<Address> addresses,
            @Nullable Login login) implements Servers {
        /** Refuses an empty name and an empty list of addresses. */
        public Sentinel {
            check(
                    !notNull(master, "RedisSettings.Sentinel.master").isBlank(),
                    "master must be the name that the Sentinels use, for example mymaster");
            addresses = nonNullCopy(addresses, "RedisSettings.Sentinel.addresses");
            check(!addresses.isEmpty(), "addresses must contain the address of a Sentinel");
        }
    }

    /**
     * Redis Cluster.
     *
     * @param addresses the addresses of nodes that know the other nodes; one that replies is enough
     */
    public record Cluster(List<Address> addresses) implements Servers {
        /** Refuses an empty list of addresses. */
        public Cluster {
            addresses = nonNullCopy(addresses, "RedisSettings.Cluster.addresses");
            check(!addresses.isEmpty(), "addresses must contain the address of a node");
        }
    }

    /** A host name or address, and a port. */
    public record Address(String host, int port) {
        /** Refuses an empty host and an invalid port. */
        public Address {
            check(!notNull(host, "RedisSettings.Address.host").isBlank(), "host must not be empty");
            check(port > 0 && port <= MAX_PORT, "port must be between 1 and " + MAX_PORT);
        }
    }

    /**
     * The user of the Redis ACL and its password.
     *
     * @param user the name of the user; {@code default} when only a password is given
     * @param password the password, which the text form does not contain
     */
    public record Login(String user, String password) {
        /** Refuses an empty user and an empty password. */
        public Login {
            check(
                    !notNull(user, "RedisSettings.Login.user").isBlank(),
                    "user must not be empty; write default for the user without a name");
            check(!notNull(password, "RedisSettings.Login.password").isEmpty(), "password must not be empty");
        }

        @Override
        public String toString() {
            return "Login[user=" + user + ", password=******]";
        }
    }

    /**
     * The settings for TLS. The server's certificate must be valid for the host name in the URL. All files are PEM.
     *
     * @param authorities the file of the authorities that may sign the server's certificate, or null for those that the
     *     Java runtime trusts
     * @param certificate the file of the client certificate chain, our own certificate first, or null when Redis
     *     requires none
     * @param key the file of its private key (PKCS#8, not encrypted), or null
     */
    public record Tls(
            @Nullable Path authorities,
            @Nullable Path certificate,
            @Nullable Path key) {
        /** Refuses a certificate without a key, and a key without a certificate. */
        public Tls {
            check(certificate == null || key != null, "certificate requires a key: set both or neither");
            check(key == null || certificate != null, "key requires a certificate: set both or neither");
        }

        /** TLS with the authorities that the Java runtime trusts, without a client certificate. */
        public static Tls system() {
            return new Tls(null, null, null);
        }
    }
}
