package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.DeadlineExceededException;
import io.breakwater.port.driven.CheckSignal;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
import org.slf4j.event.Level;

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
        signal = "log line `The instances of … cannot be determined`",
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
    private final CheckSignal signal;
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private volatile Consumer<List<InstancePool.Found>> listener = found -> {};
    private volatile Set<InstancePool.Found> latest = Set.of();
    private volatile List<String> latestIgnored = List.of();
    private volatile @Nullable String problem;
    private volatile boolean closed;

    /**
     * Instances, and the time for which they are valid.
     *
     * @param problem why there are none; null if there are some
     */
    private record Found(
            List<InstancePool.Found> instances,
            Duration ttl,
            @Nullable String problem) {}

    Discovery(
            String service, ServiceInstances source, NameService names, ServerExecutors executors, CheckSignal signal) {
        this.service = service;
        this.source = source;
        this.names = names;
        this.executors = executors;
        this.signal = signal;
    }

    /** Starts, and passes each list of instances to the listener. Instances that do not change arrive at once. */
    void start(Consumer<List<InstancePool.Found>> listener) {
        this.listener = listener;
        if (source instanceof ServiceInstances.Fixed fixed) {
            listener.accept(instances(fixed.origins(), Discovery::written));
            first.complete(null);
        } else {
            execute();
        }
    }

    void close() {
        closed = true;
    }

    /** Whether there was an answer, or a failure. */
    boolean isComplete() {
        return first.isDone();
    }

    /** Returns why the instances cannot be determined, for operators; null if they can. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Waits for the first answer, for a limited time. */
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

    private static List<InstancePool.Found> instances(
            List<ServiceOrigin> origins, Function<ServiceOrigin, Endpoint> endpoints) {
        return origins.stream()
                .map(origin -> new InstancePool.Found(endpoints.apply(origin), 0))
                .toList();
    }

    /** Only these instances stand in the settings: any other list has another author. */
    private static Endpoint written(ServiceOrigin origin) {
        return Endpoint.written(origin.tls(), origin.host(), origin.port());
    }

    private static Endpoint endpoint(ServiceOrigin origin, @Nullable String address) {
        return new Endpoint(origin.tls(), origin.host(), origin.port(), address);
    }

    private void execute() {
        try {
            executors.virtualThreads().execute(this::look);
        } catch (RejectedExecutionException overloaded) {
            again(AFTER_FAILURE);
        }
    }

    private void look() {
        var pause = source instanceof ServiceInstances.Supplied ? SUPPLY_INTERVAL : AFTER_FAILURE;
        try {
            var found = find();
            pause = found.ttl();
            publish(found);
        } catch (RuntimeException failure) {
            LOG.debug("The instances of {} cannot be determined", service, failure);
            fail(reason(failure));
        } finally {
            if (!first.isDone()) {
                first.complete(null);
                signal.send();
            }
            again(pause);
        }
    }

    private Found find() {
        var context = new BackgroundContext("service-discovery", RESOLUTION_TIME);
        return switch (source) {
            case ServiceInstances.Fixed fixed ->
                new Found(instances(fixed.origins(), Discovery::written), MAX_TTL, null);
            case ServiceInstances.Supplied supplied ->
                supplied(supplied.origins().get());
            case ServiceInstances.Dns dns -> {
                var answer = names.addresses(dns.origin().host(), context);
                var found = answer.records().stream()
                        .map(address -> new InstancePool.Found(endpoint(dns.origin(), address), 0))
                        .toList();
                yield resolved(found, answer.ttl(), "The name " + dns.origin().host() + " has no address", "dns");
            }
            case ServiceInstances.Srv srv -> {
                var answer = names.targets(srv.name(), context);
                var found = usable(srv, answer.records())
                        .flatMap(target -> instances(srv.tls(), target).stream())
                        .toList();
                yield resolved(found, answer.ttl(), "The name " + srv.name() + " has no SRV record", "srv");
            }
        };
    }

    private static Found supplied(List<ServiceOrigin> origins) {
        var found = instances(List.copyOf(origins), origin -> endpoint(origin, null));
        return new Found(found, SUPPLY_INTERVAL, found.isEmpty() ? "The application supplies none." : null);
    }

    private static Found resolved(List<InstancePool.Found> found, Duration ttl, String missing, String setting) {
        var problem = found.isEmpty()
                ? missing + ". Check the setting '" + setting + "' of the service, and the records in the DNS."
                : null;
        return new Found(found, bounded(ttl), problem);
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

    private void publish(Found found) {
        var before = latest;
        var now = new HashSet<>(found.instances());
        if (!now.equals(before)) {
            latest = now;
            listener.accept(found.instances());
            logChange(before, now);
        }
        if (found.problem() != null) {
            fail(found.problem());
        } else if (problem != null) {
            problem = null;
            LOG.info("The instances of {} are known again: {}.", service, now.size());
            signal.send();
        }
    }

    private void logChange(Set<InstancePool.Found> before, Set<InstancePool.Found> now) {
        if (first.isDone() && problem == null && !now.isEmpty()) {
            LOG.info(
                    "The instances of {} have changed: {}, and {} before; {} are new.",
                    service,
                    now.size(),
                    before.size(),
                    now.stream().filter(one -> !before.contains(one)).count());
        }
    }

    private String reason(RuntimeException failure) {
        return switch (failure) {
            case DeadlineExceededException ignored ->
                "No name server answered within " + RESOLUTION_TIME.toSeconds()
                        + " s. Check the name servers of this machine.";
            case PortException known -> String.valueOf(known.getMessage());
            default ->
                "The list of the application failed with " + failure.getClass().getName() + ".";
        };
    }

    /**
     * Logs the first of several failures in succession with the same reason. Without any instance, the health check of the
     * service logs the warning.
     */
    private void fail(String reason) {
        if (reason.equals(problem)) {
            return;
        }
        problem = reason;
        int known = latest.size();
        LOG.atLevel(known == 0 && signal.isSubscribed() ? Level.INFO : Level.WARN)
                .log(
                        "The instances of {} cannot be determined: {} {}",
                        service,
                        reason,
                        known == 0 ? "Calls fail." : "Calls go to the last known ones: " + known + ".");
        signal.send();
    }

    private void again(Duration pause) {
        if (closed) {
            return;
        }
        try {
            executors.schedule(pause, this::execute);
        } catch (RejectedExecutionException closing) {
            closed = true;
        }
    }
}
