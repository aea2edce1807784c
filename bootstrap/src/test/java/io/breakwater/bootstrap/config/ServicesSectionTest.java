package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.server.settings.OrderSettings;
import io.breakwater.server.settings.Secret;
import io.breakwater.server.settings.ServiceBreaker;
import io.breakwater.server.settings.ServiceCredentials;
import io.breakwater.server.settings.ServiceCredentials.TokenEndpoint;
import io.breakwater.server.settings.ServiceHealthCheck;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceOrigin;
import io.breakwater.server.settings.ServiceRetries;
import io.breakwater.server.settings.ServiceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code services}: what it says, and the mistakes in it. */
class ServicesSectionTest {
    private static final ServiceInstances ONE = ServiceInstances.of("http://10.0.0.7:8080");

    @TempDir
    private Path folder = Path.of("");

    private ConfigFolder file(String yaml) {
        return new ConfigFolder(folder).file("breakwater.yaml", yaml);
    }

    private List<ServiceSettings> services(String yaml) {
        return file(yaml).load().settings().services();
    }

    private ServiceSettings orders(String members) {
        return services("services: {orders: {urls: ['http://10.0.0.7:8080'], " + members + "}}\n")
                .getFirst();
    }

    private void assertError(String yaml, String place, String... parts) {
        assertThat(file(yaml).errors())
                .singleElement()
                .asString()
                .startsWith("breakwater.yaml:" + place + ": ")
                .contains(parts);
    }

    @Test
    void aServiceNeedsOnlyItsInstances() {
        assertThat(services("services: {orders: {urls: ['http://10.0.0.7:8080', 'https://b.example']}}\n"))
                .containsExactly(
                        ServiceSettings.of("orders", ServiceInstances.of("http://10.0.0.7:8080", "https://b.example")));
    }

    @Test
    void noServiceIsTheDefault() {
        assertThat(services("")).isEmpty();
    }

    @Test
    void readsEverySetting() {
        var all = orders("description: Orders of the shop, health: {path: /up, interval: 2s, timeout: 1s},"
                + " attempt-timeout: 3s, retry: {count: 2, backoff: 200ms, budget-percent: 20},"
                + " breaker: {failures: 3, pause: 30s}, max-concurrency: 7, response-bytes: 2KiB,"
                + " allowed-headers: [X-Tenant], idempotent: false");

        assertThat(all)
                .isEqualTo(new ServiceSettings(
                        "orders",
                        "Orders of the shop",
                        ONE,
                        new ServiceCredentials.None(),
                        new ServiceHealthCheck("/up", Duration.ofSeconds(2), Duration.ofSeconds(1)),
                        Duration.ofSeconds(3),
                        new ServiceRetries(2, Duration.ofMillis(200), 20),
                        new ServiceBreaker(3, Duration.ofSeconds(30)),
                        7,
                        2048,
                        List.of("x-tenant"),
                        false));
    }

    @Test
    void checksCanBeOff() {
        assertThat(orders("health: {enabled: false}").healthCheck()).isNull();
    }

    @Test
    void namesInTheDnsHaveInstances() {
        var yaml = "services: {a: {dns: 'https://a.internal:8443'}, b: {srv: _http._tcp.b.internal, srv-tls: true}}\n";

        assertThat(services(yaml))
                .extracting(ServiceSettings::instances)
                .containsExactly(
                        new ServiceInstances.Dns(ServiceOrigin.parse("https://a.internal:8443")),
                        new ServiceInstances.Srv(true, "_http._tcp.b.internal"));
    }

    @Test
    void aFileHasInstances() throws IOException {
        var instances = Files.writeString(folder.resolve("instances"), "http://10.0.0.7:8080\n");

        assertThat(services("services: {a: {file: '" + instances + "'}}\n")
                        .getFirst()
                        .instances())
                .isInstanceOfSatisfying(
                        ServiceInstances.Supplied.class,
                        supplied -> assertThat(supplied.origins().get())
                                .containsExactly(ServiceOrigin.parse("http://10.0.0.7:8080")));
    }

    @Test
    void eachKindOfCredentialsIsRead() {
        assertThat(orders("api-key: k").credentials())
                .isEqualTo(new ServiceCredentials.HeaderField("X-API-Key", Secret.of("k")));
        assertThat(orders("api-key: k, api-key-header: X-Token").credentials())
                .isEqualTo(new ServiceCredentials.HeaderField("X-Token", Secret.of("k")));
        assertThat(orders("bearer-token: t").credentials()).isEqualTo(new ServiceCredentials.Bearer(Secret.of("t")));
        assertThat(orders("basic: {user: u, password: p}").credentials())
                .isEqualTo(new ServiceCredentials.Basic("u", Secret.of("p")));
        var endpoint =
                new TokenEndpoint("https://id.example/token", "us", Secret.of("s"), List.of("orders"), "orders-api");
        var oauth2 = "url: 'https://id.example/token', client-id: us, client-secret: s, scopes: [orders],"
                + " audience: orders-api";
        assertThat(orders("oauth2: {" + oauth2 + "}").credentials())
                .isEqualTo(new ServiceCredentials.ClientCredentials(endpoint));
        assertThat(orders("oauth2: {grant: token-exchange, " + oauth2 + "}").credentials())
                .isEqualTo(new ServiceCredentials.TokenExchange(endpoint));
    }

    @ParameterizedTest
    @CsvSource({"API_KEY_USER_SERVICE", "BREAKWATER_SERVICES_USER_SERVICE_API_KEY"})
    void theApiKeyCanComeFromAVariable(String variable) {
        var service =
                file("services: {user-service: {urls: ['http://10.0.0.7']}}\n").variable(variable, "k");

        assertThat(service.load().settings().services().getFirst().credentials())
                .isEqualTo(new ServiceCredentials.HeaderField("X-API-Key", Secret.of("k")));
    }

    @Test
    void theApiKeyCanComeFromAFile() throws IOException {
        var secret = Files.writeString(folder.resolve("key"), "from a file\n");
        var service = file("services: {users: {urls: ['http://10.0.0.7']}}\n")
                .variable("API_KEY_USERS_FILE", secret.toString());

        assertThat(service.load().settings().services().getFirst().credentials())
                .isEqualTo(new ServiceCredentials.HeaderField("X-API-Key", Secret.of("from a file")));
    }

    @Test
    void theEnvironmentAndTheCommandLineCanNameServices() {
        var folder = file("services: {a_b: {urls: ['http://10.0.0.1']}}\n")
                .variable("BREAKWATER_SERVICES_A_B_URLS", "http://10.0.0.2")
                .variable("BREAKWATER_SERVICES_USER_SERVICE_URLS", "http://10.0.0.3, http://10.0.0.4")
                .option("services.from-option.dns", "http://option.internal");

        assertThat(folder.load().settings().services())
                .containsExactlyInAnyOrder(
                        ServiceSettings.of("a_b", ServiceInstances.of("http://10.0.0.2")),
                        ServiceSettings.of("user-service", ServiceInstances.of("http://10.0.0.3", "http://10.0.0.4")),
                        ServiceSettings.of(
                                "from-option",
                                new ServiceInstances.Dns(ServiceOrigin.parse("http://option.internal"))));
    }

    @Test
    void eachKindOfInstancesCanComeFromTheEnvironmentAlone() throws IOException {
        var urls = Files.writeString(folder.resolve("urls"), "http://10.0.0.1\nhttp://10.0.0.2\n");
        var instances = Files.writeString(folder.resolve("instances"), "http://10.0.0.7\n");
        var environment = new ConfigFolder(folder)
                .variable("BREAKWATER_SERVICES_BY_SRV_SRV", "_http._tcp.a.internal")
                .variable("BREAKWATER_SERVICES_BY_SRV_SRV_TLS", "true")
                .variable("BREAKWATER_SERVICES_WATCHED_FILE", instances.toString())
                .variable("BREAKWATER_SERVICES_WATCHED_API_KEY_FILE", instances.toString())
                .variable("BREAKWATER_SERVICES_LISTED_URLS_FILE", urls.toString());

        var services = environment.load().settings().services();

        assertThat(services).extracting(ServiceSettings::name).containsExactlyInAnyOrder("by-srv", "watched", "listed");
        assertThat(services)
                .extracting(ServiceSettings::instances)
                .contains(
                        new ServiceInstances.Srv(true, "_http._tcp.a.internal"),
                        ServiceInstances.of("http://10.0.0.1", "http://10.0.0.2"))
                .hasAtLeastOneElementOfType(ServiceInstances.Supplied.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BREAKWATER_SERVICES_ORDERS_URL | http://a | there is no setting for this variable; did you mean BREAKWATER_SERVICES_ORDERS_URLS?",
                "BREAKWATER_SERVICES_ORDERS_BEARER_TOKEN | t | there is no service 'orders'; add BREAKWATER_SERVICES_ORDERS_URLS, or unset it",
                "BREAKWATER_SERVICES_ORDERS_OAUTH2_URL | https://a | there is no service 'orders'; add BREAKWATER_SERVICES_ORDERS_URLS, or unset it",
                "BREAKWATER_SERVICES_ORDERS_API_KEY_FILE | k | there is no service 'orders'; add BREAKWATER_SERVICES_ORDERS_URLS, or unset it"
            })
    void aVariableWithoutItsServiceIsExplained(String variable, String value, String sentence) {
        assertThat(new ConfigFolder(folder).variable(variable, value).errors())
                .containsExactly("$" + variable + ": " + sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "http://a, http://a | 'http://a' is in the list twice; remove one of the two",
                "ftp://a | 'ftp://a' is not valid; write a list; each item http://host:port or https://host:port, without a user, a path and a query"
            })
    void aMistakeInAVariableIsOneError(String urls, String sentence) {
        assertThat(new ConfigFolder(folder)
                        .variable("BREAKWATER_SERVICES_ORDERS_URLS", urls)
                        .errors())
                .containsExactly("$BREAKWATER_SERVICES_ORDERS_URLS: services.orders.urls: " + sentence);
    }

    @Test
    void anApiKeyWithoutItsServiceIsAWarning() {
        var folder = new ConfigFolder(this.folder).variable("API_KEY_USER_SERVICE", "k");

        assertThat(folder.load().warnings())
                .containsExactly(
                        "The environment variable API_KEY_USER_SERVICE has no effect, because there is no service"
                                + " 'user-service'. If it is for one, add BREAKWATER_SERVICES_USER_SERVICE_URLS.");
        folder.variable("BREAKWATER_SERVICES_USER_SERVICE_URLS", "http://10.0.0.7");
        assertThat(folder.load().warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "service.a.urls, did you mean services.a.urls?",
        "services.a.url, did you mean services.a.urls?",
        "services.a.bearer-token, there is no service 'a'; add services.a.urls"
    })
    void anOptionWithoutItsServiceIsExplained(String path, String remedy) {
        assertThat(new ConfigFolder(folder).option(path, "http://10.0.0.7").errors())
                .containsExactly("--set " + path + ": " + path + ": there is no such setting; " + remedy);
    }

    @Test
    void aRepeatedUrlIsReportedInItsLine() {
        assertError(
                "services:\n  orders:\n    urls:\n      - http://a\n      - http://b\n      - http://a:80\n",
                "6:9",
                "services.orders.urls: 'http://a' is in the list twice");
    }

    @Test
    void aProfileChangesOneSettingOfAService() {
        var folder = file("services: {orders: {urls: ['http://10.0.0.1'], max-concurrency: 3}}\n")
                .file("breakwater-production.yaml", "services: {orders: {urls: ['http://10.0.0.2']}}\n")
                .variable("ENVIRONMENT", "production");

        var orders = folder.load().settings().services().getFirst();

        assertThat(orders.instances()).isEqualTo(ServiceInstances.of("http://10.0.0.2"));
        assertThat(orders.maxConcurrency()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{Orders: {urls: ['http://a']}} | 1:12: services.Orders | 'Orders' is not the name of a service; write 1 to 64 of",
                "{a-b: {urls: ['http://a']}, a_b: {urls: ['http://b']}} | 1:39: services.a_b | also those of the service 'a-b'",
                "{orders: } | 1:12: services.orders | the service has no instances; write 'urls', 'dns', 'srv' or 'file'",
                "{orders: {}} | 1:12: services.orders | the service has no instances; write 'urls', 'dns', 'srv' or 'file'",
                "{orders: {description: d}} | 1:12: services.orders | the service has no instances",
                "{orders: {urls: ['http://a'], dns: 'http://b'}} | 1:20: services.orders | keep one of 'urls'",
                "{orders: {urls: ['http://a', 'http://a']}} | 1:40: services.orders.urls | 'http://a' is in the list twice",
                "{orders: {urls: []}} | 1:27: services.orders.urls | the list is empty",
                "{orders: {urls: ['ftp://a']}} | 1:28: services.orders.urls | 'ftp://a' is not valid; write http://host:port or",
                "{orders: {urls: ['http://u:pw@a']}} | 1:28: services.orders.urls | the value is not valid",
                "{orders: {urls: ['http://a'], file-name: f}} | 1:41: services.orders.file-name | there is no such setting",
                "{orders: {urls: ['http://a'], api-key: k, bearer-token: t}} | 1:20: services.orders | several credentials",
                "{orders: {urls: ['http://a'], basic: {user: u}}} | 1:48: services.orders.basic | 'user' and 'password' is missing",
                "{orders: {urls: ['http://a'], allowed-headers: [Cookie]}} | 1:59: services.orders.allowed-headers | 'Cookie' is not valid",
                "{orders: {urls: ['http://a'], allowed-headers: [X-Api-Key]}} | 1:59: services.orders.allowed-headers | 'X-Api-Key' is not valid",
                "{orders: {urls: ['http://a'], api-key: k, api-key-header: X-Token, allowed-headers: [x-token]}} | 1:95: services.orders.allowed-headers | callers cannot set 'X-Token'",
                "{orders: {urls: ['http://a'], api-key: k, api-key-header: Host}} | 1:69: services.orders.api-key-header | 'Host' is not valid; write the name of a header field that is not for framing",
                "{orders: {urls: ['http://a'], api-key: k, api-key-header: content-length}} | 1:69: services.orders.api-key-header | 'content-length' is not valid",
                "{orders: {urls: ['http://a'], api-key: k, api-key-header: Transfer-Encoding}} | 1:69: services.orders.api-key-header | 'Transfer-Encoding' is not valid",
                "{orders: {urls: ['http://a'], api-key: k, api-key-header: X-Forwarded-For}} | 1:69: services.orders.api-key-header | 'X-Forwarded-For' is not valid",
                "{orders: {urls: ['http://a'], bearer-token: 'a b c'}} | 1:55: services.orders.bearer-token | the value is not valid; write a secret of printable ASCII characters without spaces",
                "{orders: {urls: ['http://a'], attempt-timeout: 0s}} | 1:58: services.orders.attempt-timeout | '0s' is not valid",
                "{orders: {urls: ['http://a'], oauth2: {url: 'https://id', client-id: a, client-secret: b}}} | 1:55: services.orders.oauth2.url | must be an https URL",
                "{orders: {urls: ['http://a'], oauth2: {grant: token-exchange}}} | 1:49: services.orders.oauth2 | write all three",
                "{orders: {urls: ['http://a'], health: {path: up}}} | 1:56: services.orders.health.path | 'up' is not valid"
            })
    void reportsMistakes(String services, String place, String part) {
        assertError("services: " + services + "\n", place, part);
    }

    @Test
    void aSecretThatNoHeaderFieldCanContainIsReportedAtItsPlace() {
        assertError(
                "services: {orders: {urls: ['http://a'], api-key: \"a\\nb\"}}\n",
                "1:50",
                "services.orders.api-key: the value is not valid; write a secret of printable ASCII characters");
    }

    @Test
    void theEffectiveConfigurationCanBeReadAgain() {
        var written = file("services: {orders: {urls: ['http://10.0.0.7:8080'], max-concurrency: 7}}\n")
                .load();

        var services = services(YamlWriter.effective(written.sections().stream()
                .filter(section -> section.path().startsWith("services"))
                .toList()));

        assertThat(services).isEqualTo(written.settings().services());
    }

    @Test
    void ordersUseTheIdempotencyOfTheirServices() {
        var yaml = """
                services:
                  order-service: {urls: [http://10.0.0.1]}
                  pay: {urls: [http://10.0.0.2], idempotent: false}
                orders: {payment-service: pay, payment-path: /v2/payments, retry-for: 2h}
                """;

        var orders = file(yaml).load().settings().orders();

        assertThat(orders.payment()).isEqualTo(new OrderSettings.Endpoint("pay", "/v2/payments", false));
        assertThat(orders.order()).isEqualTo(OrderSettings.standard().order());
        assertThat(orders.retryFor()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void anOrderPathHasThePlaceForTheId() {
        assertError("orders: {user-path: /users}\n", "1:21: orders.user-path", "a path with the segment {id}");
        assertError("orders: {order-path: '/orders/{id}'}\n", "1:22: orders.order-path", "a path such as /orders");
    }

    @Test
    void ordersAreOnWithTheirServicesAndAStore() {
        var services = """
                services:
                  user-service: {urls: [http://10.0.0.1]}
                  order-service: {urls: [http://10.0.0.2]}
                  payment-service: {urls: [http://10.0.0.3]}
                """;
        var store = "store: {url: 'postgresql://a@127.0.0.1/a'}\n";

        assertThat(file(services).load().settings().packs().orders()).isFalse();
        assertThat(file(store).load().settings().packs().orders()).isFalse();
        assertThat(file(services + store).load().settings().packs().orders()).isTrue();
        assertThat(file(services + store + "packs: {orders: false}\n")
                        .load()
                        .settings()
                        .packs()
                        .orders())
                .isFalse();
    }

    @Test
    void ordersThatAreSwitchedOnHaveServicesByDefault() {
        var settings = file("store: {url: 'postgresql://a@127.0.0.1/a'}\npacks: {orders: true}\n")
                .load()
                .settings();

        assertThat(settings.services())
                .containsExactly(
                        ServiceSettings.of("user-service", ServiceInstances.of("http://user-service:8080")),
                        ServiceSettings.of("order-service", ServiceInstances.of("http://order-service:8080")),
                        ServiceSettings.of("payment-service", ServiceInstances.of("http://payment-service:8080")));
    }

    @Test
    void ordersNeedAStore() {
        assertError("packs: {orders: true}\n", "1:17: packs.orders", "there is no store for orders; set store.url");
    }
}
