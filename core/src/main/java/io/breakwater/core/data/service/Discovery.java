package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.NameService;
import io.breakwater.port.driven.NameService.Target;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the instances of a service, and finds them again: names in the DNS at the TTL of the answer, and the list that an
 * application supplies every second. Thread-safe.
 */
@OutageBehavior(
        guard = "instances of services",
        dependency = GuardDependency.DNS,
        failure = "down, while a service has a name there",
        effect = OutageEffect.DEGRADE,
        behavior =
                "Calls go to the instances of the last answer. A service whose name was never resolved has no instance, so"
                        + " its calls fail with `EXTERNAL_ERROR`.",
        recovery = "The name is resolved again every 5 s.",
        signal = "log line `The instances of a service cannot be found`",
        details = "services.md#where-the-instances-are")
final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.services");
    private static final Duration MIN_TTL = Duration.ofSeconds(1);
    private static final Duration MAX_TTL = Duration.ofMinutes(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration SUPPLY_INTERVAL = Duration.ofSeconds(1);
    private static final Duration RESOLUTION_TIME = Duration.ofSeconds(10);
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    /** A name in letters, digits and hyphens, which does not end like an IPv4 address. */
    private static final Pattern HOST =
            Pattern.compile("(?!.{254})(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*"
                    + "(?!\\d+\\.?$)(?!0[xX])[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.?");

    private static final int MAX_SHOWN = 5;

    private final String service;
    private final ServiceInstances source;
    private final NameService names;
    private final ServerExecutors executors;
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private volatile Consumer<List<InstancePool.Found>> listener = found -> {};
    private volatile @Nullable List<ServiceOrigin> latest;
    private volatile List<String> latestIgnored = List.of();
    private volatile boolean failing;
    private volatile boolean closed;

    Discovery(String service, ServiceInstances source, NameService names, ServerExecutors executors) {
        this.service = service;
        this.source = source;
        this.names = names;
        this.executors = executors;
    }

    /** Starts, and passes each list of instances to the listener. Instances that need no resolution arrive at once. */
    void start(Consumer<List<InstancePool.Found>> listener) {
        this.listener = listener;
        switch (source) {
            case ServiceInstances.Fixed fixed -> found(fixed.origins(), Discovery::written);
            case ServiceInstances.Supplied supplied -> supply(supplied);
            case ServiceInstances.Dns ignored -> execute();
            case ServiceInstances.Srv ignored -> execute();
        }
    }

    void close() {
        closed = true;
    }

    /** Waits for the first answer of the DNS, for a limited time. */
    void awaitFirst(CallContext context) {
        if (first.isDone()) {
            return;
        }
        var own = first.copy();
        context.onCancel(() -> own.complete(null));
        var wait = context.remaining().compareTo(MAX_WAIT) < 0 ? context.remaining() : MAX_WAIT;
        try {
            own.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException unknown) {
            LOG.debug("{} has no instance yet", service, unknown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void found(List<ServiceOrigin> origins, Function<ServiceOrigin, Endpoint> endpoints) {
        publish(origins.stream()
                .map(origin -> new InstancePool.Found(endpoints.apply(origin), 0))
                .toList());
    }

    private void publish(List<InstancePool.Found> found) {
        listener.accept(found);
        first.complete(null);
    }

    /** Only these instances stand in the settings: any other list has another author. */
    private static Endpoint written(ServiceOrigin origin) {
        return Endpoint.written(origin.tls(), origin.host(), origin.port());
    }

    private static Endpoint endpoint(ServiceOrigin origin, @Nullable String address) {
        return new Endpoint(origin.tls(), origin.host(), origin.port(), address);
    }

    private void supply(ServiceInstances.Supplied supplied) {
        try {
            var origins = List.copyOf(supplied.origins().get());
            if (!origins.equals(latest)) {
                latest = origins;
                found(origins, origin -> endpoint(origin, null));
            }
            failing = false;
        } catch (RuntimeException fault) {
            warn(fault);
            first.complete(null);
        }
        again(SUPPLY_INTERVAL, () -> supply(supplied));
    }

    private void execute() {
        try {
            executors.virtualThreads().execute(this::resolve);
        } catch (RejectedExecutionException overloaded) {
            again(AFTER_FAILURE, this::execute);
        }
    }

    private void resolve() {
        var pause = AFTER_FAILURE;
        try {
            pause = bounded(answer(new BackgroundContext("service-discovery", RESOLUTION_TIME)));
            failing = false;
        } catch (PortException failure) {
            warn(failure);
            first.complete(null);
        } finally {
            again(pause, this::execute);
        }
    }

    private Duration answer(CallContext context) {
        switch (source) {
            case ServiceInstances.Dns dns -> {
                var answer = names.addresses(dns.origin().host(), context);
                publish(answer.records().stream()
                        .map(address -> new InstancePool.Found(endpoint(dns.origin(), address), 0))
                        .toList());
                return answer.ttl();
            }
            case ServiceInstances.Srv srv -> {
                var answer = names.targets(srv.name(), context);
                publish(usable(srv, answer.records())
                        .flatMap(target -> instances(srv.tls(), target).stream())
                        .toList());
                return answer.ttl();
            }
            case ServiceInstances.Fixed ignored -> throw new IllegalStateException("Fixed instances have no name.");
            case ServiceInstances.Supplied ignored -> throw new IllegalStateException("They have no name.");
        }
    }

    /** Returns the targets to which a connection is possible. The target "." says that there is no such service. */
    private Stream<Target> usable(ServiceInstances.Srv srv, List<Target> targets) {
        var ignored = targets.stream()
                .filter(target -> !isUsable(target) && !target.host().equals("."))
                .map(target -> target.host() + ":" + target.port())
                .distinct()
                .limit(MAX_SHOWN)
                .toList();
        if (!ignored.isEmpty() && !ignored.equals(latestIgnored)) {
            LOG.warn(
                    "Targets of {} have no valid host name or port, and are ignored: {}. Correct the records {}.",
                    service,
                    ignored,
                    srv.name());
        }
        latestIgnored = ignored;
        return targets.stream().filter(Discovery::isUsable);
    }

    private static boolean isUsable(Target target) {
        return target.port() > 0 && HOST.matcher(target.host()).matches();
    }

    private static List<InstancePool.Found> instances(boolean tls, Target target) {
        var addresses = target.addresses();
        if (addresses == null || addresses.isEmpty()) {
            return List.of(
                    new InstancePool.Found(new Endpoint(tls, target.host(), target.port(), null), target.priority()));
        }
        var all = new ArrayList<InstancePool.Found>();
        for (var address : addresses) {
            all.add(new InstancePool.Found(
                    new Endpoint(tls, target.host(), target.port(), address), target.priority()));
        }
        return all;
    }

    private static Duration bounded(Duration ttl) {
        if (ttl.compareTo(MIN_TTL) < 0) {
            return MIN_TTL;
        }
        return ttl.compareTo(MAX_TTL) > 0 ? MAX_TTL : ttl;
    }

    /** Logs the first of several failures in succession. */
    private void warn(RuntimeException failure) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "The instances of a service cannot be found: {}. Calls go to the last known ones.",
                    service,
                    failure);
        }
    }

    private void again(Duration pause, Runnable task) {
        if (closed) {
            return;
        }
        try {
            executors.schedule(pause, task);
        } catch (RejectedExecutionException closing) {
            closed = true;
        }
    }
}
