package io.breakwater.bootstrap.config;

import io.breakwater.bootstrap.service.BlockingSource;
import io.breakwater.bootstrap.service.InstancesFile;
import io.breakwater.server.settings.ServiceBreaker;
import io.breakwater.server.settings.ServiceCredentials;
import io.breakwater.server.settings.ServiceHealthCheck;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceOrigin;
import io.breakwater.server.settings.ServiceRetries;
import io.breakwater.server.settings.ServiceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one of the {@code services}. */
final class ServiceSection {
    static final String NAME = "[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?";
    static final String ALLOWED = "1 to 64 of a-z, 0-9, - and _, which begin and end with a letter or digit";
    static final String NO_INSTANCES = "the service has no instances";
    static final String REMEDY = "write 'urls', 'dns', 'srv' or 'file'";

    static final Setting<List<ServiceOrigin>> URLS = Setting.origins("urls")
            .description("The instances. Loopback and private addresses in these URLs are allowed; for names that have"
                    + " such addresses, see `outbound.allowed`.");

    static final Setting<ServiceOrigin> DNS = Setting.origin("dns")
            .description("A URL whose host is a name in the DNS. Each of its addresses (A, AAAA) is an instance; they"
                    + " are resolved again at their TTL.");

    private static final ServiceSettings STANDARD = ServiceSettings.of("a", ServiceInstances.of("http://localhost"));
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Setting<String> TEXT = Setting.text("description", "(?s).{1,1000}", "up to 1000 characters")
            .description("What the service offers, for the callers of `list_services`.");

    private static final Setting<String> SRV = Setting.text(
                    "srv", "[A-Za-z0-9_.-]{1,253}", "a name such as _http._tcp.orders.internal")
            .description("A name in the DNS with SRV records. Each target is an instance.");

    private static final Setting<Boolean> SRV_TLS =
            Setting.flag("srv-tls").byDefault(false).description("Whether the targets of `srv` use https.");

    private static final Setting<Path> FILE = Setting.path("file")
            .description("A file with one URL in each line, and comments after #. A change takes effect in about two"
                    + " seconds, without a restart.");

    /** The settings that name the instances. One of them is enough for a service. */
    static final List<Setting<?>> SOURCES = List.of(URLS, DNS, SRV, FILE);

    private static final Setting<Duration> ATTEMPT_TIMEOUT = time("attempt-timeout", STANDARD.attemptTimeout())
            .description("The maximum time of one attempt, from sending a request to the end of the response.");

    private static final Setting<Integer> MAX_CONCURRENCY = Setting.atLeast("max-concurrency", 1)
            .byDefault(STANDARD.maxConcurrency())
            .description("The maximum number of concurrent calls; further ones are refused.");

    private static final Setting<Long> RESPONSE_BYTES = Setting.size("response-bytes", 1, 64 << 20)
            .byDefault((long) STANDARD.responseBytes())
            .description("The maximum size of the body of a response.");

    private static final Setting<List<String>> HEADERS = Setting.texts(
                    "allowed-headers",
                    "\\S{1,128}",
                    field -> STANDARD.withRequestFields(List.of(field)),
                    "the name of a header field that is not for credentials, framing, forwarding or traces")
            .byDefault(List.of())
            .description("The header fields of requests that callers may set.");

    private static final Setting<Boolean> IDEMPOTENT = Setting.flag("idempotent")
            .byDefault(STANDARD.idempotent())
            .description("Whether the service has the effect of requests with the same `Idempotency-Key` once. If not,"
                    + " a request that may have had an effect is not repeated because of its key.");

    private static final Setting<Boolean> CHECKED =
            Setting.flag("enabled").byDefault(true).description("Whether the instances are checked.");
    private static final Setting<String> CHECK_PATH = Setting.text(
                    "path", "/[!-\"$-~]{0,999}", "a path of visible ASCII characters without #")
            .byDefault(ServiceHealthCheck.STANDARD.path())
            .description("The path of the health check: a GET request, whose response must have a 2xx status.");
    private static final Setting<Duration> CHECK_INTERVAL = Setting.duration(
                    "interval", ServiceHealthCheck.MIN_INTERVAL, Duration.ofDays(1))
            .byDefault(ServiceHealthCheck.STANDARD.interval())
            .description("The time from one check of an instance to the next.");
    private static final Setting<Duration> CHECK_TIMEOUT = Setting.duration(
                    "timeout", Duration.ofMillis(1), ServiceHealthCheck.MAX_TIMEOUT)
            .byDefault(ServiceHealthCheck.STANDARD.timeout())
            .description("The maximum time for the response to a check.");

    private static final Setting<Integer> RETRIES = Setting.whole("count", 0, 10)
            .byDefault(ServiceRetries.STANDARD.retries())
            .description("How often a request that may be repeated is repeated.");
    private static final Setting<Duration> BACKOFF = time("backoff", ServiceRetries.STANDARD.backoff())
            .description("The maximum pause before the first repetition; it doubles with each further one, and a random"
                    + " part of up to a half is left out.");
    private static final Setting<Integer> BUDGET = Setting.whole("budget-percent", 0, 100)
            .byDefault(ServiceRetries.STANDARD.budgetPercent())
            .description("The maximum number of repetitions, in percent of the requests to the service.");

    private static final Setting<Integer> FAILURES = Setting.atLeast("failures", 1)
            .byDefault(ServiceBreaker.STANDARD.failures())
            .description("The number of failures in succession after which an instance gets no calls. Responses below"
                    + " 500 are no failures.");
    private static final Setting<Duration> PAUSE = time("pause", ServiceBreaker.STANDARD.pause())
            .description("The time after which one call tries the instance again.");

    private final String name;
    private final SectionReader service;
    private final Runnable refuseMissing;

    private ServiceSection(String name, SectionReader service, Runnable refuseMissing) {
        this.name = name;
        this.service = service;
        this.refuseMissing = refuseMissing;
    }

    /**
     * Returns null if an error has been reported.
     *
     * @param refuseMissing reports at the name of the service that it has no instances
     */
    static @Nullable ServiceSettings read(String name, SectionReader service, Runnable refuseMissing) {
        return new ServiceSection(name, service, refuseMissing).read();
    }

    private @Nullable ServiceSettings read() {
        var text = service.find(TEXT);
        var instances = instances();
        var attemptTimeout = service.get(ATTEMPT_TIMEOUT);
        int maxConcurrency = service.get(MAX_CONCURRENCY);
        int bytes = Math.toIntExact(service.get(RESPONSE_BYTES));
        var written = service.get(HEADERS);
        boolean idempotent = service.get(IDEMPOTENT);
        var credentials = ServiceCredentialsSection.read(name, service);
        var headers = checkedHeaders(written, credentials);
        var check = healthCheck(service.section("health", "How the instances of the service are checked."));
        var retries = retries(service.section("retry", "How often a request is repeated after a failure."));
        var breaker = breaker(service.section("breaker", "When an instance of the service gets no calls."));
        return instances == null
                ? null
                : service.create(
                        () -> new ServiceSettings(
                                name,
                                text,
                                instances,
                                credentials,
                                check,
                                attemptTimeout,
                                retries,
                                breaker,
                                maxConcurrency,
                                bytes,
                                headers,
                                idempotent),
                        STANDARD);
    }

    private List<String> checkedHeaders(List<String> headers, ServiceCredentials credentials) {
        if (credentials instanceof ServiceCredentials.HeaderField secret
                && headers.stream().anyMatch(secret.field()::equalsIgnoreCase)) {
            service.refuse(
                    HEADERS,
                    "callers cannot set '" + secret.field() + "', because it is 'api-key-header'",
                    "remove it from the list");
            return List.of();
        }
        return headers;
    }

    private @Nullable ServiceInstances instances() {
        var urls = service.find(URLS);
        var dns = service.find(DNS);
        var srv = service.find(SRV);
        boolean tls = service.get(SRV_TLS);
        var file = service.find(FILE);
        var given = Stream.of(urls, dns, srv, file).filter(Objects::nonNull).count();
        if (given == 0 && SOURCES.stream().noneMatch(service::isGiven)) {
            refuseMissing.run();
        } else if (given > 1) {
            service.refuse("the instances come from several sources", "keep one of 'urls', 'dns', 'srv' and 'file'");
        }
        if (urls != null) {
            return fixed(urls);
        }
        if (dns != null) {
            return new ServiceInstances.Dns(dns);
        }
        if (srv != null) {
            return new ServiceInstances.Srv(tls, srv);
        }
        return file == null ? null : new ServiceInstances.Supplied(BlockingSource.of(new InstancesFile(file)));
    }

    private @Nullable ServiceInstances fixed(List<ServiceOrigin> urls) {
        if (urls.isEmpty()) {
            service.refuse(URLS, "the list is empty", "write the URL of an instance");
            return null;
        }
        return new ServiceInstances.Fixed(urls);
    }

    private static @Nullable ServiceHealthCheck healthCheck(SectionReader health) {
        boolean enabled = health.get(CHECKED);
        var check =
                new ServiceHealthCheck(health.get(CHECK_PATH), health.get(CHECK_INTERVAL), health.get(CHECK_TIMEOUT));
        return enabled ? check : null;
    }

    private static ServiceRetries retries(SectionReader retry) {
        return new ServiceRetries(retry.get(RETRIES), retry.get(BACKOFF), retry.get(BUDGET));
    }

    private static ServiceBreaker breaker(SectionReader breaker) {
        return new ServiceBreaker(breaker.get(FAILURES), breaker.get(PAUSE));
    }

    private static Setting<Duration> time(String name, Duration standard) {
        return Setting.duration(name, SHORTEST, LONGEST).byDefault(standard);
    }
}
