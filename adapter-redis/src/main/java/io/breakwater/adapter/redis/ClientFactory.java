package io.breakwater.adapter.redis;

import io.breakwater.adapter.redis.RedisSettings.Address;
import io.breakwater.adapter.redis.RedisSettings.Cluster;
import io.breakwater.adapter.redis.RedisSettings.Login;
import io.breakwater.adapter.redis.RedisSettings.Sentinel;
import io.breakwater.adapter.redis.RedisSettings.Single;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.util.Delay;

/**
 * How the settings are said to Jedis. We speak RESP2: it needs no more than AUTH and SELECT before the first command,
 * and nothing we do gains by its successor.
 */
final class ClientFactory {
    /** How seldom a Sentinel that is not there is tried. */
    private static final Duration SLOWEST = Duration.ofSeconds(10);

    private final RedisSettings settings;
    private final @Nullable TlsFiles tls;

    private ClientFactory(RedisSettings settings, @Nullable TlsFiles tls) {
        this.settings = settings;
        this.tls = tls;
    }

    /** Reads the files that the settings name, and connects nowhere. */
    static ClientFactory of(RedisSettings settings) {
        var tls = settings.tls();
        return new ClientFactory(settings, tls == null ? null : TlsFiles.read(tls));
    }

    /** Finds out who serves; may take several times the time to connect, and fails with what Jedis throws. */
    ConnectedClient open() {
        return switch (settings.servers()) {
            case Single single -> open(single);
            case Sentinel sentinel -> open(sentinel);
            case Cluster cluster -> open(cluster);
        };
    }

    private ConnectedClient open(Single single) {
        var address = host(single.address());
        return new ConnectedClient.OfSingle(
                RedisClient.builder()
                        .hostAndPort(address)
                        .clientConfig(config())
                        .poolConfig(pool())
                        .build(),
                address);
    }

    private ConnectedClient open(Sentinel sentinel) {
        return new ConnectedClient.OfSentinel(RedisSentinelClient.builder()
                .masterName(sentinel.master())
                .sentinels(hosts(sentinel.addresses()))
                .sentinelClientConfig(config(sentinel.login(), 0))
                .sentinelReconnectDelay(
                        Delay.exponentialWithJitter(settings.connectTime(), SLOWEST, settings.connectTime()))
                .clientConfig(config())
                .poolConfig(pool())
                .build());
    }

    private ConnectedClient open(Cluster cluster) {
        return new ConnectedClient.OfCluster(RedisClusterClient.builder()
                .nodes(hosts(cluster.addresses()))
                .clientConfig(config())
                .poolConfig(pool())
                .maxAttempts(3)
                .maxTotalRetriesDuration(settings.operationTime())
                .build());
    }

    /** A connection of its own, outside every pool. */
    Connection connect(HostAndPort address) {
        return new Connection(address, config());
    }

    private JedisClientConfig config() {
        return config(settings.login(), settings.database());
    }

    private JedisClientConfig config(@Nullable Login login, int database) {
        int millis = Math.toIntExact(settings.connectTime().toMillis());
        var config = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis(millis)
                .socketTimeoutMillis(millis)
                .database(database)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (login != null) {
            config.user(login.user()).password(login.password());
        }
        if (tls != null) {
            encrypt(config, tls);
        }
        return config.build();
    }

    /** Not by SslOptions, which knows no PEM and reads its files anew for each connection. */
    @SuppressWarnings("deprecation")
    private static void encrypt(DefaultJedisClientConfig.Builder config, TlsFiles tls) {
        config.ssl(true).sslSocketFactory(tls.sockets()).sslParameters(tls.parameters());
    }

    /** Idle connections are tried every half minute, so that those a firewall forgot are not given to a caller. */
    private ConnectionPoolConfig pool() {
        var config = new ConnectionPoolConfig();
        config.setMaxTotal(settings.connections());
        config.setMaxIdle(settings.connections());
        config.setMaxWait(settings.operationTime());
        config.setJmxEnabled(false);
        return config;
    }

    private static Set<HostAndPort> hosts(List<Address> addresses) {
        return addresses.stream().map(ClientFactory::host).collect(Collectors.toUnmodifiableSet());
    }

    private static HostAndPort host(Address address) {
        return new HostAndPort(address.host(), address.port());
    }
}
