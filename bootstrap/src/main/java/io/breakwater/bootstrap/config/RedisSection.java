package io.breakwater.bootstrap.config;

import io.breakwater.adapter.redis.RedisSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How {@link RedisSettings} are written in a configuration. */
final class RedisSection {
    private static final RedisSettings STANDARD = RedisSettings.defaults();

    /** Stands in for the name of a primary that is missing, so that the address is checked too. */
    private static final String UNNAMED = "unnamed";

    private static final Setting<SecretValue> URL = Setting.secret("url", 1)
            .alsoFrom("REDIS_URL")
            .means(
                    "Where Redis is: `redis://user:password@host:6379/0`, or `rediss://` for TLS; several hosts, separated"
                            + " by commas, with the modes `sentinel` and `cluster`. Without it nothing is shared.");

    private static final Setting<Mode> MODE =
            Setting.choice("mode", Mode.class).byDefault(Mode.SINGLE).means("How it is run.");

    private static final Setting<String> MASTER =
            Setting.text("master").means("For `sentinel`: under which name the Sentinels know the primary.");

    private static final Setting<String> PREFIX = Setting.text(
                    "prefix", "[A-Za-z0-9._-]{1,64}", "up to 64 letters, digits, dots, dashes and underscores")
            .byDefault(STANDARD.prefix())
            .means("What all keys and channels begin with: the same for servers that share, different for all others.");

    private static final Setting<Boolean> REQUIRED = Setting.flag("required")
            .byDefault(false)
            .means("Whether clients are kept away (`/ready` says no) while it is down; calls go on without it.");

    private static final Setting<Integer> CONNECTIONS = Setting.whole("connections", 1, 10_000)
            .byDefault(STANDARD.connections())
            .means("Connections at the same time; in a cluster, to each node.");

    private static final Setting<Duration> OPERATION_TIME = time("operation-time", STANDARD.operationTime())
            .means("After which time of no answer a call goes on without it.");

    private static final Setting<Duration> CONNECT_TIME =
            time("connect-time", STANDARD.connectTime()).means("How long making a connection may take.");

    private static final Setting<Long> VALUE_BYTES = Setting.size("value-bytes", 1, 64 << 20)
            .byDefault((long) STANDARD.valueBytes())
            .means("The largest value that is kept there, or read.");

    private static final Setting<String> SENTINEL_USER =
            Setting.text("user", "\\S{1,200}", "a name").byDefault("default").means("Who we are to the Sentinels.");
    private static final Setting<SecretValue> SENTINEL_PASSWORD =
            Setting.secret("password", 1).means("The password for the Sentinels; unset when they ask for none.");

    private static final Setting<Path> AUTHORITIES = Setting.path("authorities")
            .means("A PEM file with who may have signed the server's certificate; those that Java trusts unless set.");
    private static final Setting<Path> CERTIFICATE =
            Setting.path("certificate").means("A PEM file with our certificate, where Redis asks for one.");
    private static final Setting<Path> KEY = Setting.path("key").means("A PEM file with its private key (PKCS#8).");

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
        var finder = sentinelLogin(redis.section("sentinel", "Who we are to the Sentinels, if they ask."));
        var files = redis.section("tls", "Certificates for `rediss://`.");
        var tls = tls(files);
        if (url == null) {
            return Backend.of(null, required);
        }
        if (mode == Mode.SENTINEL && master == null) {
            redis.refuse(MODE, "the name of the primary is missing", "set redis.master too, mymaster for instance");
        }
        var settings = redis.made(() -> servers(url.reveal(), mode, master), STANDARD)
                .withSentinelLogin(finder)
                .withPrefix(prefix)
                .withConnections(connections)
                .withTimes(operation, connect)
                .withValueBytes(bytes);
        if (settings.tls() != null) {
            return Backend.of(settings.withTls(tls), required);
        }
        if (!tls.equals(RedisSettings.Tls.system())) {
            redis.refuse(URL, "it does not encrypt, though redis.tls is set", "begin it with rediss://");
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
        return tls.made(() -> new RedisSettings.Tls(authorities, certificate, key), RedisSettings.Tls.system());
    }

    private static Setting<Duration> time(String name, Duration standard) {
        return Setting.duration(name, Duration.ofMillis(1), Duration.ofSeconds(30))
                .byDefault(standard);
    }
}
