package io.breakwater.adapter.redis;

import io.breakwater.adapter.redis.RedisSettings.Address;
import io.breakwater.adapter.redis.RedisSettings.Cluster;
import io.breakwater.adapter.redis.RedisSettings.Login;
import io.breakwater.adapter.redis.RedisSettings.Sentinel;
import io.breakwater.adapter.redis.RedisSettings.Single;
import io.breakwater.port.SettingNames;
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
 * Creates Jedis clients from the settings. The clients use RESP2: it needs only AUTH and SELECT before the first
 * command, and none of our commands benefits from RESP3.
 */
final class ClientFactory {
    /** The longest pause between two attempts to reach a Sentinel. */
    private static final Duration MAX_SENTINEL_DELAY = Duration.ofSeconds(10);

    private final RedisSettings settings;
    private final @Nullable TlsFiles tls;

    private ClientFactory(RedisSettings settings, @Nullable TlsFiles tls) {
        this.settings = settings;
        this.tls = tls;
    }

    /** Reads the files that the settings name. It opens no connection. */
    static ClientFactory of(RedisSettings settings, SettingNames names) {
        var tls = settings.tls();
        return new ClientFactory(settings, tls == null ? null : TlsFiles.read(tls, names));
    }

    /**
     * Opens a client, for which Jedis may first ask Sentinels or nodes for the servers. This may take several times
     * {@link RedisSettings#connectTimeout}. Exceptions of Jedis pass through.
     */
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
                .sentinelReconnectDelay(Delay.exponentialWithJitter(
                        settings.connectTimeout(), MAX_SENTINEL_DELAY, settings.connectTimeout()))
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
                .maxTotalRetriesDuration(settings.operationTimeout())
                .build());
    }

    /** Opens a dedicated connection, outside every pool. */
    Connection connect(HostAndPort address) {
        return new Connection(address, config());
    }

    private JedisClientConfig config() {
        return config(settings.login(), settings.database());
    }

    private JedisClientConfig config(@Nullable Login login, int database) {
        int millis = Math.toIntExact(settings.connectTimeout().toMillis());
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

    /** Avoids SslOptions, which does not support PEM and reads its files again for each connection. */
    @SuppressWarnings("deprecation")
    private static void encrypt(DefaultJedisClientConfig.Builder config, TlsFiles tls) {
        config.ssl(true).sslSocketFactory(tls.sockets()).sslParameters(tls.parameters());
    }

    /** Jedis tests idle connections every 30 s, so that no caller receives one that a firewall has dropped. */
    private ConnectionPoolConfig pool() {
        var config = new ConnectionPoolConfig();
        config.setMaxTotal(settings.connections());
        config.setMaxIdle(settings.connections());
        config.setMaxWait(settings.operationTimeout());
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
