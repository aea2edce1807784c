package io.breakwater.bootstrap.config;

import io.breakwater.adapter.redis.RedisSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@link RedisSettings} from a configuration. */
final class RedisSection {
    private static final RedisSettings STANDARD = RedisSettings.defaults();

    /** Replaces a missing name of the primary, so that the address is also checked. */
    private static final String UNNAMED = "unnamed";

    private static final Setting<SecretValue> URL = Setting.secret("url", 1)
            .alsoFrom("REDIS_URL")
            .description("The URL of Redis: `redis://user:password@host:6379/0`, or `rediss://` for TLS; several hosts,"
                    + " separated by commas, in the modes `sentinel` and `cluster`. Without it the servers share"
                    + " nothing.");

    private static final Setting<Mode> MODE =
            Setting.choice("mode", Mode.class).byDefault(Mode.SINGLE).description("How Redis is deployed.");

    private static final Setting<String> MASTER =
            Setting.text("master").description("For `sentinel`: the name of the primary in the Sentinels.");

    private static final Setting<String> PREFIX = Setting.text(
                    "prefix", "[A-Za-z0-9._-]{1,64}", "up to 64 letters, digits, dots, dashes and underscores")
            .byDefault(STANDARD.prefix())
            .description("The prefix of all keys and channels: the same for servers that share a cache, different for"
                    + " all others.");

    private static final Setting<Boolean> REQUIRED = Setting.flag("required")
            .byDefault(false)
            .description("Whether the server is not ready (`/ready`) while Redis is down; running calls continue"
                    + " without Redis.");

    private static final Setting<Integer> CONNECTIONS = Setting.whole("connections", 1, 10_000)
            .byDefault(STANDARD.connections())
            .description("The maximum number of connections; in a cluster, to each node.");

    private static final Setting<Duration> OPERATION_TIME = time("operation-timeout", STANDARD.operationTimeout())
            .description("How long an operation waits for Redis to answer; then the call continues without Redis.");

    private static final Setting<Duration> CONNECT_TIME =
            time("connect-timeout", STANDARD.connectTimeout()).description("How long connecting may take.");

    private static final Setting<Long> VALUE_BYTES = Setting.size("value-bytes", 1, 64 << 20)
            .byDefault((long) STANDARD.valueBytes())
            .description("The largest value that is stored or read.");

    private static final Setting<String> SENTINEL_USER = Setting.text("user", "\\S{1,200}", "a name")
            .byDefault("default")
            .description("The user name for the Sentinels.");
    private static final Setting<SecretValue> SENTINEL_PASSWORD = Setting.secret("password", 1)
            .description("The password for the Sentinels; leave it unset if they need none.");

    private static final Setting<Path> AUTHORITIES = Setting.path("authorities")
            .description("A PEM file with the trusted certificate authorities; those of Java unless set.");
    private static final Setting<Path> CERTIFICATE =
            Setting.path("certificate").description("A PEM file with the client certificate, if Redis needs one.");
    private static final Setting<Path> KEY =
            Setting.path("key").description("A PEM file with the private key of the client certificate (PKCS#8).");

    private RedisSection() {}

    private enum Mode {
        SINGLE,
        SENTINEL,
        CLUSTER
    }

    static Backend<RedisSettings> read(SectionReader redis) {
        var url = redis.find(URL);
        var mode = redis.get(MODE);
        var master = redis.find(MASTER);
        var prefix = redis.get(PREFIX);
        boolean required = redis.get(REQUIRED);
        int connections = redis.get(CONNECTIONS);
        var operation = redis.get(OPERATION_TIME);
        var connect = redis.get(CONNECT_TIME);
        int bytes = Math.toIntExact(redis.get(VALUE_BYTES));
        var sentinelLogin = sentinelLogin(redis.section("sentinel", "The login for the Sentinels, if they need one."));
        var files = redis.section("tls", "Certificates for `rediss://`.");
        var tls = tls(files);
        if (url == null) {
            return Backend.of(null, required);
        }
        if (mode == Mode.SENTINEL && master == null) {
            redis.refuse(MODE, "the name of the primary is missing", "set redis.master too, for instance to mymaster");
        }
        var settings = redis.create(() -> servers(url.reveal(), mode, master), STANDARD)
                .withSentinelLogin(sentinelLogin)
                .withPrefix(prefix)
                .withConnections(connections)
                .withTimes(operation, connect)
                .withValueBytes(bytes);
        if (settings.tls() != null) {
            return Backend.of(settings.withTls(tls), required);
        }
        if (!tls.equals(RedisSettings.Tls.system())) {
            redis.refuse(URL, "it does not use TLS, although redis.tls is set", "begin it with rediss://");
        }
        return Backend.of(settings, required);
    }

    private static RedisSettings servers(String url, Mode mode, @Nullable String master) {
        return switch (mode) {
            case SINGLE -> RedisSettings.single(url);
            case SENTINEL -> RedisSettings.sentinel(url, master == null ? UNNAMED : master);
            case CLUSTER -> RedisSettings.cluster(url);
        };
    }

    private static RedisSettings.@Nullable Login sentinelLogin(SectionReader sentinel) {
        var user = sentinel.get(SENTINEL_USER);
        var password = sentinel.find(SENTINEL_PASSWORD);
        return password == null ? null : new RedisSettings.Login(user, password.reveal());
    }

    private static RedisSettings.Tls tls(SectionReader tls) {
        var authorities = tls.find(AUTHORITIES);
        var certificate = tls.find(CERTIFICATE);
        var key = tls.find(KEY);
        return tls.create(() -> new RedisSettings.Tls(authorities, certificate, key), RedisSettings.Tls.system());
    }

    private static Setting<Duration> time(String name, Duration standard) {
        return Setting.duration(name, Duration.ofMillis(1), Duration.ofSeconds(30))
                .byDefault(standard);
    }
}
