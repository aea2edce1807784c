package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.NameService;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport;
import io.breakwater.port.driven.Services;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.settings.ServiceCredentials;
import io.breakwater.server.settings.ServiceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * The services that tools may call. Each call goes to an instance that is available: {@link InstancePool} chooses it,
 * {@link Discovery} and {@link HealthChecks} keep the instances up to date, {@link ServiceCall} repeats the request by the
 * {@link RetryRule}, and {@link RequestCredentials} authenticate it. Thread-safe.
 */
@OutageBehavior(
        guard = "services",
        dependency = GuardDependency.SERVICE,
        failure = "with an instance that is down or frozen",
        effect = OutageEffect.DEGRADE,
        behavior =
                "Calls go to the other instances as soon as a health check or five calls in succession have failed. Calls"
                        + " that reached the instance before fail, or go to another instance if they may be repeated.",
        recovery =
                "The instance gets calls after its health check succeeds. After failed calls, one call tries it when the pause of"
                        + " the breaker is over, or earlier when a health check succeeds after one that failed.",
        signal = "`mcp_service_instances{state!=\"available\"}`",
        details = "services.md#when-an-instance-fails")
@OutageBehavior(
        guard = "services",
        dependency = GuardDependency.SERVICE,
        failure = "without an available instance",
        effect = OutageEffect.DENY,
        behavior = "Calls are refused at once, with the time after which an instance is tried again.",
        recovery = "Calls are accepted when the health check or the probe of an instance succeeds.",
        signal = "health cause `service <name>`",
        details = "services.md#when-an-instance-fails")
@OutageBehavior(
        guard = "services",
        dependency = GuardDependency.TOKEN_ENDPOINT,
        failure = "down",
        effect = OutageEffect.DENY,
        behavior =
                "Calls use the tokens in memory until these expire. Then they fail with `EXTERNAL_ERROR`, and no request is"
                        + " sent to the service. While the endpoint is silent, one call in five seconds waits for it.",
        recovery = "A token is requested again with a later call.",
        signal = "health cause `service <name>`; `mcp_service_requests_total{outcome=\"unauthenticated\"}`",
        details = "services.md#credentials")
public final class ServiceRegistry implements Services, AutoCloseable {
    private final Map<String, Service> services = new TreeMap<>();
    private final List<Discovery> discoveries = new ArrayList<>();
    private final HealthChecks checks;

    /**
     * Creates the registry and starts it: it resolves names, and checks instances.
     *
     * @throws IllegalArgumentException if two services have the same name
     */
    public ServiceRegistry(
            List<ServiceSettings> settings, ServiceTransport transport, NameService names, ServerExecutors executors) {
        this(
                settings,
                transport,
                names,
                executors,
                () -> ThreadLocalRandom.current().nextLong());
    }

    ServiceRegistry(
            List<ServiceSettings> settings,
            ServiceTransport transport,
            NameService names,
            ServerExecutors executors,
            RandomGenerator random) {
        this.checks = new HealthChecks(transport, executors);
        for (var one : settings) {
            add(one, transport, names, executors, random);
        }
        checks.start();
    }

    private void add(
            ServiceSettings settings,
            ServiceTransport transport,
            NameService names,
            ServerExecutors executors,
            RandomGenerator random) {
        var signal = new CheckSignal();
        var pool = new InstancePool(settings, random, signal::send);
        var discovery = new Discovery(settings.name(), settings.instances(), names, executors, signal);
        var service = new Service(
                settings,
                transport,
                pool,
                discovery,
                credentials(settings, transport, executors, signal),
                signal,
                executors,
                random);
        if (services.put(settings.name(), service) != null) {
            throw new IllegalArgumentException("Two services have the name " + settings.name() + ".");
        }
        discoveries.add(discovery);
        var check = settings.healthCheck();
        if (check != null) {
            checks.register(settings.name(), check);
        }
        discovery.start(found -> {
            var added = pool.replace(found);
            if (check != null) {
                checks.add(settings.name(), added);
            }
            signal.send();
        });
    }

    private static RequestCredentials credentials(
            ServiceSettings settings, ServiceTransport transport, ServerExecutors executors, CheckSignal signal) {
        return switch (settings.credentials()) {
            case ServiceCredentials.None ignored -> FixedCredentials.none();
            case ServiceCredentials.HeaderField field -> FixedCredentials.of(field);
            case ServiceCredentials.Bearer bearer -> FixedCredentials.of(bearer);
            case ServiceCredentials.Basic basic -> FixedCredentials.of(basic);
            case ServiceCredentials.ClientCredentials grant ->
                new ClientCredentialsGrant(
                        new TokenClient(settings.name(), grant.endpoint(), transport, signal, executors::nanoTime),
                        new TokenCache(executors));
            case ServiceCredentials.TokenExchange exchange ->
                new TokenExchangeGrant(
                        settings.name(),
                        new TokenClient(settings.name(), exchange.endpoint(), transport, signal, executors::nanoTime),
                        new TokenCache(executors));
        };
    }

    @Override
    public List<Status> list() {
        return services.values().stream().map(Service::status).toList();
    }

    @Override
    public Optional<ServiceOutcome.NotDelivered> unavailability(String service) {
        return Optional.ofNullable(services.get(service)).flatMap(Service::unavailability);
    }

    @Override
    public ServiceOutcome call(String service, ServiceRequest request, CallContext context) {
        var known = services.get(service);
        if (known == null) {
            throw new RefusedException(RefusedException.Reason.NOT_FOUND, "There is no service with this name.", null);
        }
        return known.call(request, context);
    }

    /** Returns a dependency for each service, which fails while no instance is available, or no token. */
    public List<Dependency> dependencies() {
        return services.values().stream().map(Service::dependency).toList();
    }

    /** Registers the metrics. */
    public void bindTo(MetricSink sink) {
        services.values().forEach(service -> service.bindTo(sink));
        checks.bindTo(sink);
    }

    /** Ends the checks and the resolution of names. */
    @Override
    public void close() {
        discoveries.forEach(Discovery::close);
        checks.close();
    }
}
