package io.breakwater.bootstrap.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.http.HttpSettings;
import io.breakwater.adapter.redis.RedisSettings;
import io.breakwater.adapter.stdio.StdioSettings;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.server.Capacity;
import io.breakwater.server.Limits;
import io.breakwater.server.settings.HealthSettings;
import io.breakwater.server.settings.ProcessingLimits;
import io.breakwater.server.settings.QuotaSettings;
import io.breakwater.server.settings.RateLimitSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Configuration files rely on names and defaults: these tests pin each section. */
class BreakwaterSettingsTest {

    private static String[] settingsOf(String section) {
        return Configuration.load(ConfigurationSources.none()).sections().stream()
                .filter(report -> report.path().equals(section))
                .flatMap(report -> report.settings().stream())
                .map(setting ->
                        setting.path() + " = " + (setting.value() == null ? "(none)" : JsonText.line(setting.value())))
                .toArray(String[]::new);
    }

    @Test
    void pinsTheSections() {
        assertThat(Configuration.load(ConfigurationSources.none()).sections())
                .extracting(SectionReport::path)
                .containsExactly(
                        "",
                        "server",
                        "http",
                        "http.limits",
                        "http.streams",
                        "http.tls",
                        "http.proxies",
                        "http.proxy-protocol",
                        "management",
                        "metrics",
                        "auth",
                        "access",
                        "access.scopes",
                        "confirm",
                        "audit",
                        "outbound",
                        "services",
                        "orders",
                        "stdio",
                        "log",
                        "limits",
                        "limits.rate",
                        "limits.quota",
                        "cache",
                        "sessions",
                        "subscriptions",
                        "tasks",
                        "store",
                        "store.pool",
                        "database",
                        "database.pool",
                        "database.limits",
                        "database.cost",
                        "database.replicas",
                        "idempotency",
                        "documents",
                        "redis",
                        "redis.sentinel",
                        "redis.tls",
                        "packs",
                        "processing",
                        "health",
                        "shutdown");
    }

    @Test
    void pinsTheRoot() {
        assertThat(settingsOf("")).containsExactly("environment = \"development\"", "debug = false");
    }

    @Test
    void pinsTheAuthentication() {
        assertThat(settingsOf("auth"))
                .containsExactly(
                        "auth.enabled = (none)",
                        "auth.api-keys-file = \"config/api_keys.json\"",
                        "auth.api-key = (none)",
                        "auth.api-key-roles = []",
                        "auth.api-key-scopes = []",
                        "auth.jwt-secret = (none)",
                        "auth.jwt-issuer = \"breakwater\"",
                        "auth.jwt-audience = (none)",
                        "auth.credential = (none)",
                        "auth.local-roles = []",
                        "auth.local-scopes = []",
                        "auth.tenant-claim = (none)",
                        "auth.issuers = []",
                        "auth.token-lifetime = \"1h\"",
                        "auth.scopes = []",
                        "auth.accept = \"bearer\"");
        assertThat(settingsOf("outbound"))
                .containsExactly(
                        "outbound.allowed = []", "outbound.trust-store = (none)", "outbound.name-servers = []");
    }

    @Test
    void pinsTheOrders() {
        assertThat(settingsOf("orders"))
                .containsExactly(
                        "orders.user-service = \"user-service\"",
                        "orders.order-service = \"order-service\"",
                        "orders.payment-service = \"payment-service\"",
                        "orders.user-path = \"/users/{id}\"",
                        "orders.order-path = \"/orders\"",
                        "orders.payment-path = \"/payments\"",
                        "orders.cancellation-path = \"/orders/{id}/cancel\"",
                        "orders.abandoned-after = \"10m\"",
                        "orders.retry-for = \"1d\"");
    }

    @Test
    void pinsTheAuditLog() {
        assertThat(settingsOf("audit"))
                .containsExactly(
                        "audit.folder = (none)",
                        "audit.name = (none)",
                        "audit.signing-key-file = (none)",
                        "audit.checkpoint-interval = \"1m\"",
                        "audit.checkpoint-webhook = (none)",
                        "audit.checkpoint-webhook-token = (none)",
                        "audit.checkpoint-store = false",
                        "audit.on-failure = \"deny-writes\"");
    }

    @Test
    void pinsTheServer() {
        assertThat(settingsOf("server"))
                .containsExactly(
                        "server.name = \"breakwater\"",
                        "server.title = (none)",
                        "server.version = \"" + ProgramVersion.text() + "\"",
                        "server.instructions = (none)",
                        "server.deployment = (none)",
                        "server.secrets = []");
    }

    @Test
    void pinsHttp() {
        assertThat(settingsOf("http"))
                .containsExactly(
                        "http.host = \"127.0.0.1\"",
                        "http.port = 8080",
                        "http.path = \"/mcp\"",
                        "http.anonymous = false",
                        "http.allowed-hosts = []",
                        "http.allowed-origins = []",
                        "http.event-loops = (none)",
                        "http.public-url = (none)");
        assertThat(settingsOf("http.limits"))
                .containsExactly(
                        "http.limits.head-bytes = \"32KiB\"",
                        "http.limits.head-fields = 100",
                        "http.limits.request-line-bytes = \"4KiB\"",
                        "http.limits.body-bytes = \"1MiB\"",
                        "http.limits.head-timeout = \"10s\"",
                        "http.limits.body-timeout = \"10s\"",
                        "http.limits.body-bytes-per-second = 4096",
                        "http.limits.idle-timeout = \"1m\"",
                        "http.limits.connections = 20000",
                        "http.limits.connections-per-address = 10000",
                        "http.limits.requests-per-connection = 100",
                        "http.limits.resets-per-window = 200",
                        "http.limits.control-frames-per-window = 1000",
                        "http.limits.handshakes-per-address = 64",
                        "http.limits.handshake-timeout = \"10s\"");
        assertThat(settingsOf("http.streams"))
                .containsExactly(
                        "http.streams.open = 10000",
                        "http.streams.queue-bytes = \"256KiB\"",
                        "http.streams.queue-events = 1024",
                        "http.streams.keep-alive = \"15s\"",
                        "http.streams.write-timeout = \"15s\"");
        assertThat(settingsOf("http.tls"))
                .containsExactly(
                        "http.tls.certificate = (none)",
                        "http.tls.key = (none)",
                        "http.tls.check-interval = \"10s\"",
                        "http.tls.hsts = (none)");
        assertThat(settingsOf("http.proxies"))
                .containsExactly("http.proxies.trusted = []", "http.proxies.header = \"x-forwarded-for\"");
        assertThat(settingsOf("http.proxy-protocol"))
                .containsExactly("http.proxy-protocol.port = (none)", "http.proxy-protocol.host = (none)");
    }

    @Test
    void pinsTheManagementListener() {
        assertThat(settingsOf("management"))
                .containsExactly(
                        "management.enabled = (none)",
                        "management.host = \"127.0.0.1\"",
                        "management.port = 9090",
                        "management.secret = (none)",
                        "management.key-file = \"" + managementKeyFile(9090) + "\"");
        assertThat(settingsOf("metrics")).containsExactly("metrics.enabled = true", "metrics.public = false");
    }

    @Test
    void aServerOnAFreePortHasItsManagementListenerOnAFreePort() {
        var anyPort = new ConfigurationSources.Option("http.port", "0", "--port");
        var sources = new ConfigurationSources(null, Map.of(), List.of(anyPort), Path.of(""));
        var settings = Configuration.load(sources).settings();

        assertThat(settings.management().listener().port()).isZero();
        assertThat(settings.management().configured()).isFalse();
        assertThat(settings.management().keyFile()).isEqualTo(managementKeyFile(0));
    }

    private static Path managementKeyFile(int port) {
        var name = "breakwater-" + System.getProperty("user.name") + "-" + port + ".key";
        return RuntimeFolder.of(System.getenv("XDG_RUNTIME_DIR")).resolve(name);
    }

    @Test
    void theDefaultsAreThoseOfTheParts() {
        var settings = Configuration.load(ConfigurationSources.none()).settings();

        assertThat(settings.http()).isEqualTo(HttpSettings.defaults());
        assertThat(settings.stdio()).isEqualTo(StdioSettings.defaults());
        assertThat(settings.limits()).isEqualTo(Limits.STANDARD);
        assertThat(settings.rateLimits()).isEqualTo(RateLimitSettings.STANDARD);
        assertThat(settings.quotas()).isEqualTo(QuotaSettings.OFF);
        assertThat(settings.capacity()).isEqualTo(Capacity.STANDARD);
        assertThat(settings.processing()).isEqualTo(ProcessingLimits.defaults());
        assertThat(settings.health()).isEqualTo(HealthSettings.standard());
    }

    @Test
    void pinsStdio() {
        assertThat(settingsOf("stdio"))
                .containsExactly(
                        "stdio.max-line = \"1MiB\"", "stdio.max-unread = \"1MiB\"", "stdio.drain-timeout = \"1s\"");
    }

    @Test
    void pinsTheLog() {
        assertThat(settingsOf("log"))
                .containsExactly(
                        "log.level = \"info\"",
                        "log.format = \"auto\"",
                        "log.file = (none)",
                        "log.errors-file = (none)",
                        "log.requests = \"errors\"");
    }

    @Test
    void pinsWhatIsKept() {
        assertThat(settingsOf("cache"))
                .containsExactly(
                        "cache.ttl = \"5m\"",
                        "cache.jitter = \"10%\"",
                        "cache.result-bytes = \"1MiB\"",
                        "cache.stale-while-revalidate = \"30s\"",
                        "cache.stale-if-error = \"5m\"",
                        "cache.lease-wait = \"3s\"",
                        "cache.timeout = \"250ms\"",
                        "cache.breaker-period = \"5s\"",
                        "cache.tags = 100000",
                        "cache.refreshes = 16",
                        "cache.entries = 10000",
                        "cache.bytes = (none)");
        assertThat(settingsOf("sessions"))
                .containsExactly(
                        "sessions.max = (none)", "sessions.max-per-principal = (none)", "sessions.idle = \"30m\"");
        assertThat(settingsOf("subscriptions"))
                .containsExactly("subscriptions.max = (none)", "subscriptions.max-per-principal = (none)");
        assertThat(settingsOf("tasks")).containsExactly("tasks.max = (none)", "tasks.max-per-principal = (none)");
    }

    @Test
    void pinsTheDatabase() {
        assertThat(settingsOf("database"))
                .containsExactly(
                        "database.url = (none)",
                        "database.access = \"read-only\"",
                        "database.strict-role = false",
                        "database.required = false",
                        "database.allowed-functions = []",
                        "database.search-path = []");
        assertThat(settingsOf("database.pool"))
                .containsExactly(
                        "database.pool.min = 5",
                        "database.pool.max = 20",
                        "database.pool.acquire-timeout = \"5s\"",
                        "database.pool.leak-after = \"1m\"");
        assertThat(settingsOf("database.limits"))
                .containsExactly(
                        "database.limits.statement-timeout = \"29s\"",
                        "database.limits.lock-timeout = \"2s\"",
                        "database.limits.result-bytes = \"4MiB\"",
                        "database.limits.runaway = 2",
                        "database.limits.uninterruptible = 4",
                        "database.limits.rows = 1000",
                        "database.limits.bytes = \"1MiB\"",
                        "database.limits.offset = 100000",
                        "database.limits.cursor-ttl = \"1h\"");
        assertThat(settingsOf("database.cost"))
                .containsExactly("database.cost.per-query = (none)", "database.cost.rows-per-query = (none)");
        assertThat(settingsOf("database.replicas"))
                .containsExactly(
                        "database.replicas.urls = []",
                        "database.replicas.lag = \"10s\"",
                        "database.replicas.check-interval = \"2s\"");
    }

    @Test
    void pinsTheStore() {
        assertThat(settingsOf("store"))
                .containsExactly(
                        "store.url = (none)",
                        "store.schema = \"breakwater\"",
                        "store.retry-after = \"2s\"",
                        "store.required = false");
        assertThat(settingsOf("store.pool"))
                .containsExactly(
                        "store.pool.min = 5",
                        "store.pool.max = 20",
                        "store.pool.acquire-timeout = \"5s\"",
                        "store.pool.leak-after = \"1m\"");
    }

    @Test
    void pinsTheIdempotencyKeys() {
        assertThat(settingsOf("idempotency")).containsExactly("idempotency.retention = \"1d\"");
    }

    @Test
    void pinsTheDocuments() {
        assertThat(settingsOf("documents"))
                .containsExactly("documents.batch-size = 10", "documents.batch-timeout = \"100ms\"");
    }

    @Test
    void pinsRedis() {
        assertThat(settingsOf("redis"))
                .containsExactly(
                        "redis.url = (none)",
                        "redis.mode = \"single\"",
                        "redis.master = (none)",
                        "redis.prefix = \"breakwater\"",
                        "redis.required = false",
                        "redis.connections = 16",
                        "redis.operation-timeout = \"150ms\"",
                        "redis.connect-timeout = \"1s\"",
                        "redis.value-bytes = \"2MiB\"");
        assertThat(settingsOf("redis.sentinel"))
                .containsExactly("redis.sentinel.user = \"default\"", "redis.sentinel.password = (none)");
        assertThat(settingsOf("redis.tls"))
                .containsExactly(
                        "redis.tls.authorities = (none)", "redis.tls.certificate = (none)", "redis.tls.key = (none)");
    }

    @Test
    void takesTheNamesOfOlderVariables() {
        var sources = new ConfigurationSources(
                null,
                Map.of(
                        "DATABASE_URL", "postgresql://reader:a-secret-word@db.example.com/shop",
                        "STORE_URL", "jdbc:postgresql://db.example.com/shop?user=keeper&password=a-secret-word",
                        "REDIS_URL", "rediss://app:a-secret-word@cache.example.com/0"),
                List.of(),
                Path.of(""));

        var settings = Configuration.load(sources).settings();

        assertThat(requireNonNull(settings.database().settings()).url().location())
                .isEqualTo("db.example.com/shop");
        assertThat(requireNonNull(settings.database().settings()).storeSchema()).isEqualTo("breakwater");
        assertThat(requireNonNull(settings.store().settings()).url().role()).isEqualTo("keeper");
        assertThat(requireNonNull(settings.redis().settings()).tls()).isNotNull();
        assertThat(settings.toString()).doesNotContain("a-secret-word");
    }

    @Test
    void readsTheLoginForSentinels() {
        var settings = Configuration.load(new ConfigurationSources(
                        null,
                        Map.of(
                                "REDIS_URL", "redis://:a-secret-word@one,two",
                                "BREAKWATER_REDIS_MODE", "sentinel",
                                "BREAKWATER_REDIS_MASTER", "primary",
                                "BREAKWATER_REDIS_SENTINEL_USER", "finder",
                                "BREAKWATER_REDIS_SENTINEL_PASSWORD", "another-secret-word"),
                        List.of(),
                        Path.of("")))
                .settings();

        assertThat(requireNonNull(settings.redis().settings()).servers())
                .isInstanceOfSatisfying(
                        RedisSettings.Sentinel.class,
                        sentinel -> assertThat(sentinel.login())
                                .isEqualTo(new RedisSettings.Login("finder", "another-secret-word")));
        assertThat(settings.toString()).contains("finder").doesNotContain("secret-word");
    }

    @Test
    void certificatesForAConnectionThatDoesNotEncryptAreAMistake() {
        var sources = new ConfigurationSources(
                null,
                Map.of("REDIS_URL", "redis://cache", "BREAKWATER_REDIS_TLS_AUTHORITIES", "/etc/ca.pem"),
                List.of(),
                Path.of(""));

        assertThatThrownBy(() -> Configuration.load(sources))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.errors())
                                .singleElement()
                                .satisfies(error -> assertThat(error.toString()).contains("redis.url", "rediss://")));
    }

    @Test
    void aMisspeltAccessModeIsAMistake() {
        var sources = new ConfigurationSources(
                null,
                Map.of(),
                List.of(new ConfigurationSources.Option("database.access", "readonly", "--set")),
                Path.of(""));

        assertThatThrownBy(() -> Configuration.load(sources))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.errors())
                                .singleElement()
                                .satisfies(error -> assertThat(error.toString())
                                        .isEqualTo("--set: database.access: 'readonly' is not valid; write one of"
                                                + " read-only,"
                                                + " read-write, admin; did you mean read-only?")));
    }

    @Test
    void pinsTheLimits() {
        assertThat(settingsOf("limits"))
                .containsExactly(
                        "limits.result-bytes = \"16MiB\"",
                        "limits.page-size = 100",
                        "limits.concurrency = (none)",
                        "limits.deadline = \"30s\"",
                        "limits.stream-after = \"3s\"",
                        "limits.input-timeout = \"10m\"",
                        "limits.pending-inputs = 100",
                        "limits.task-ttl = \"1h\"",
                        "limits.list-ttl = \"1m\"",
                        "limits.concurrency-per-principal = (none)",
                        "limits.adaptive-concurrency = true",
                        "limits.min-concurrency = 4",
                        "limits.min-rtt-interval = \"1m\"",
                        "limits.queue-length = 100",
                        "limits.queue-timeout = \"1s\"",
                        "limits.tools = []",
                        "limits.memory = (none)",
                        "limits.memory-share = \"25%\"");
    }

    @Test
    void pinsTheRateLimits() {
        assertThat(settingsOf("limits.rate"))
                .containsExactly(
                        "limits.rate.principal-tool = \"100/min\"",
                        "limits.rate.principal-tool-burst = (none)",
                        "limits.rate.principal = \"600/min\"",
                        "limits.rate.principal-burst = (none)",
                        "limits.rate.tool = \"off\"",
                        "limits.rate.tool-burst = (none)",
                        "limits.rate.global = \"off\"",
                        "limits.rate.global-burst = (none)",
                        "limits.rate.keys = (none)",
                        "limits.rate.replicas = 1",
                        "limits.rate.timeout = \"100ms\"",
                        "limits.rate.local-callers = false");
        assertThat(settingsOf("limits.quota"))
                .containsExactly(
                        "limits.quota.principal-calls = \"off\"",
                        "limits.quota.principal-rows = \"off\"",
                        "limits.quota.principal-cost = \"off\"",
                        "limits.quota.tenant-calls = \"off\"",
                        "limits.quota.tenant-rows = \"off\"",
                        "limits.quota.tenant-cost = \"off\"",
                        "limits.quota.keys = (none)",
                        "limits.quota.timeout = \"1s\"");
    }

    @Test
    void pinsThePacks() {
        assertThat(settingsOf("packs"))
                .containsExactly(
                        "packs.data = true",
                        "packs.database = true",
                        "packs.users = true",
                        "packs.services = (none)",
                        "packs.orders = (none)",
                        "packs.system = true",
                        "packs.batch = true",
                        "packs.auth = false",
                        "packs.admin = (none)");
    }

    @Test
    void pinsWhatHappensToClientsThatCannotAskForAConfirmation() {
        assertThat(settingsOf("confirm")).containsExactly("confirm.fallback = \"refuse\"");
    }

    @Test
    void pinsProcessing() {
        assertThat(settingsOf("processing"))
                .containsExactly(
                        "processing.data-bytes = \"10KiB\"",
                        "processing.depth = 64",
                        "processing.result-bytes = \"256KiB\"",
                        "processing.paths = 200",
                        "processing.distinct = 1000");
    }

    @Test
    void pinsHealth() {
        assertThat(settingsOf("health"))
                .containsExactly(
                        "health.error-rate = \"10%\"",
                        "health.unhealthy-rate = \"50%\"",
                        "health.memory = \"90%\"",
                        "health.cpu = \"95%\"",
                        "health.disk = \"95%\"",
                        "health.min-calls = 20",
                        "health.interval = \"30s\"",
                        "health.timeout = \"5s\"",
                        "health.freshness = \"5s\"");
    }

    @Test
    void pinsTheShutdown() {
        assertThat(settingsOf("shutdown")).containsExactly("shutdown.delay = (none)", "shutdown.grace = \"30s\"");
    }

    @Test
    void everySettingSaysWhatItMeans() {
        assertThat(Configuration.load(ConfigurationSources.none()).sections())
                .allSatisfy(section -> assertThat(section.settings())
                        .allSatisfy(setting -> assertThat(setting.description()).endsWith(".")));
    }

    @Test
    void recordsCannotBeOutOfBounds() {
        assertThatThrownBy(() -> new ShutdownSettings(Duration.ofDays(1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ServerSettings("", null, "1", null, "shop", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheVersionOfTheProgram() {
        assertThat(ProgramVersion.text()).matches("\\d+\\.\\d+\\.\\d+.*");
    }
}
