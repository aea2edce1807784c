package io.breakwater.core.data.service;

import dev.failsafe.Bulkhead;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.breakwater.port.CallContext;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException.DeadlineExceededException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport;
import io.breakwater.port.driven.ServiceTransport.Limits;
import io.breakwater.port.driven.Services;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.settings.ServiceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One service: its instances, limits, credentials and counters, which its calls share. Thread-safe. */
final class Service {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.services");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration REPORT_INTERVAL = Duration.ofMinutes(1);

    private final ServiceSettings settings;
    private final ServiceTransport transport;
    private final ServerExecutors executors;
    private final InstancePool pool;
    private final Discovery discovery;
    private final RequestCredentials credentials;
    private final CheckSignal signal;
    private final Bulkhead<Object> bulkhead;
    private final RetryPolicy<ServiceCall.Attempt> retries;
    private final RetryBudget budget;
    private final RetryRule rule;
    private final ResponseTime responseTime = new ResponseTime();
    private final AtomicLong latestReport;
    private final RequestCounters counters = new RequestCounters();

    Service(
            ServiceSettings settings,
            ServiceTransport transport,
            InstancePool pool,
            Discovery discovery,
            RequestCredentials credentials,
            CheckSignal signal,
            ServerExecutors executors,
            RandomGenerator random) {
        this.settings = settings;
        this.transport = transport;
        this.executors = executors;
        this.pool = pool;
        this.discovery = discovery;
        this.credentials = credentials;
        this.latestReport = new AtomicLong(executors.nanoTime() - REPORT_INTERVAL.toNanos());
        this.signal = signal;
        this.bulkhead = Bulkhead.of(settings.maxConcurrency());
        this.retries = retries(settings);
        this.budget = new RetryBudget(settings.retries().budgetPercent());
        this.rule = new RetryRule(settings, pool, responseTime, executors.clock(), random);
    }

    private static RetryPolicy<ServiceCall.Attempt> retries(ServiceSettings settings) {
        return RetryPolicy.<ServiceCall.Attempt>builder()
                .handleIf((Throwable failure) -> false)
                .handleResultIf(ServiceCall.Attempt::isRepeated)
                .withMaxRetries(settings.retries().retries())
                .withDelayFn(context -> context.getLastResult().pause())
                .build();
    }

    ServiceOutcome call(ServiceRequest request, CallContext context) {
        checkFields(request);
        if (context.cancelled()) {
            throw new DeadlineExceededException("The call ended before the request to " + name() + " was sent.", null);
        }
        if (!bulkhead.tryAcquirePermit()) {
            throw new RefusedException(
                    Reason.OVERLOADED,
                    "Too many concurrent calls to " + name() + ": the limit is " + settings.maxConcurrency()
                            + ". Retry later.",
                    null);
        }
        try {
            return admitted(request, context);
        } finally {
            bulkhead.releasePermit();
        }
    }

    private ServiceOutcome admitted(ServiceRequest request, CallContext context) {
        discovery.awaitFirst(context);
        Map<String, String> secrets;
        try {
            secrets = credentials.fields(context);
        } catch (UnavailableException noToken) {
            counters.count(RequestCounters.Outcome.UNAUTHENTICATED);
            return new ServiceOutcome.NotDelivered(String.valueOf(noToken.getMessage()), noToken.retryAfter());
        } catch (RefusedException | DeadlineExceededException noToken) {
            counters.count(RequestCounters.Outcome.UNAUTHENTICATED);
            throw noToken;
        }
        budget.deposit();
        try (var span = context.span(request.method())) {
            span.attribute("peer.service", name());
            var fields = new RequestFields(request.fields(), secrets, span, context);
            var call = new ServiceCall(this, fields.addedTo(request), context);
            var outcome = call.run();
            call.describe(span);
            if (outcome instanceof ServiceOutcome.Response response) {
                span.attribute("http.response.status_code", response.status());
                if (response.status() == 401) {
                    credentials.rejected(context);
                }
            } else {
                span.fail(outcome instanceof ServiceOutcome.NotDelivered ? "not_delivered" : "unconfirmed");
            }
            return outcome;
        }
    }

    private void checkFields(ServiceRequest request) {
        for (var field : request.fields().keySet()) {
            var name = field.toLowerCase(Locale.ROOT);
            if (!name.equals("accept") && !settings.requestFields().contains(name)) {
                throw new RefusedException(
                        Reason.FORBIDDEN,
                        "The header field " + field + " is not allowed for " + name() + ". Allowed: "
                                + (settings.requestFields().isEmpty()
                                        ? "none"
                                        : String.join(", ", settings.requestFields()))
                                + ".",
                        null);
            }
        }
    }

    ServiceOutcome send(ServiceRequest request, Instance instance, Duration timeout, CallContext context) {
        var limits = new Limits(timeout, settings.responseBytes(), true);
        try {
            var outcome = transport.send(request, instance.endpoint().labelled(name()), limits, context);
            if (LOG.isDebugEnabled() && !(outcome instanceof ServiceOutcome.Response)) {
                LOG.debug(
                        "A request to {} at {} has no response: {}",
                        name(),
                        instance.endpoint().origin(),
                        outcome);
            }
            return outcome;
        } catch (RefusedException refused) {
            if (refused.reason() != Reason.FORBIDDEN) {
                throw refused;
            }
            return unusable(instance, refused);
        }
    }

    /** The outcome for an instance that may not be used, which is no fault of the caller. The operator sees the reason. */
    private ServiceOutcome unusable(Instance instance, RefusedException refused) {
        if (instance.refused(refused) && isReportDue()) {
            LOG.warn(
                    "An instance of {} cannot be used: {}. {}",
                    name(),
                    instance.endpoint().origin(),
                    Instance.reason(refused));
        }
        return new ServiceOutcome.NotDelivered(
                "The server cannot connect to " + name() + ". Its operator finds the reason in the log.", null);
    }

    /** Whether to log another instance that cannot be used: discovery may find new ones without end. */
    private boolean isReportDue() {
        long now = executors.nanoTime();
        long before = latestReport.get();
        return now - before >= REPORT_INTERVAL.toNanos() && latestReport.compareAndSet(before, now);
    }

    /** Returns the pause before the next attempt; null if there is none. */
    @Nullable
    Duration pauseAfter(
            ServiceRequest request, ServiceOutcome outcome, int count, List<Instance> avoided, CallContext context) {
        var pause = rule.pause(request, outcome, count, avoided, context);
        return pause != null && budget.withdraw() ? pause : null;
    }

    /** Returns why no instance would be tried now; empty while the instances are not known, since a call waits for them. */
    Optional<ServiceOutcome.NotDelivered> unavailability() {
        boolean possible = !discovery.isComplete()
                || pool.instances().stream().anyMatch(one -> one.isAvailable() || one.isProbeDue());
        return possible ? Optional.empty() : Optional.of(unavailable());
    }

    /** Whether the instance of an attempt asks not to be called again for a while. */
    boolean isDeferred(ServiceOutcome outcome) {
        return rule.isDeferred(outcome);
    }

    /** The outcome of a call for which no instance is available. */
    ServiceOutcome.NotDelivered unavailable() {
        return new ServiceOutcome.NotDelivered("No instance of " + name() + " is available.", retryAfter());
    }

    private Duration retryAfter() {
        var pause = pool.shortestPause();
        var check = settings.healthCheck();
        if (pause == null) {
            return check == null ? RETRY_AFTER : check.interval();
        }
        return pause.compareTo(RETRY_AFTER) < 0 ? RETRY_AFTER : pause;
    }

    /** Returns a dependency that is down while no instance is available, or no token. */
    Dependency dependency() {
        return new Dependency("service " + name(), Dependency.Need.OPTIONAL, context -> check(), signal);
    }

    private void check() throws Dependency.UnknownStateException {
        var noToken = credentials.problem();
        boolean works = pool.instances().stream().anyMatch(one -> one.isAvailable() && one.isKnown());
        if (!works && noToken == null && isUnknown()) {
            throw new Dependency.UnknownStateException();
        }
        var reasons = Stream.of(works || isUnknown() ? null : outage(), noToken)
                .filter(Objects::nonNull)
                .toList();
        if (!reasons.isEmpty()) {
            throw new UnavailableException(String.join(" ", reasons), null, null);
        }
    }

    /** Whether the instances were not found yet, or one that was not checked yet may work. */
    private boolean isUnknown() {
        return !discovery.isComplete() || pool.instances().stream().anyMatch(Instance::isAvailable);
    }

    private String outage() {
        var instances = pool.instances();
        if (instances.isEmpty()) {
            return "No instance of " + name() + " is known. "
                    + Objects.requireNonNullElse(discovery.problem(), "The list is empty.");
        }
        var one = instances.getFirst().status();
        var none = instances.size() == 1
                ? "No instance of " + name() + " is available. "
                : "None of the " + instances.size() + " instances of " + name() + " is available. ";
        return none + one.origin() + ": " + one.cause();
    }

    Services.Status status() {
        return new Services.Status(
                name(),
                settings.description(),
                settings.requestFields(),
                pool.instances().stream().map(Instance::status).toList());
    }

    void bindTo(MetricSink sink) {
        counters.bindTo(sink, name());
        for (var state : Services.State.values()) {
            sink.gauge(
                    "mcp_service_instances",
                    "Instances of HTTP services, by state.",
                    Map.of("service", name(), "state", state.name().toLowerCase(Locale.ROOT)),
                    () -> pool.instances().stream()
                            .filter(one -> one.state() == state)
                            .count());
        }
        sink.gauge(
                "mcp_service_requests_running",
                "Requests to HTTP services in progress.",
                Map.of("service", name()),
                () -> pool.instances().stream().mapToInt(Instance::running).sum());
        sink.counter(
                "mcp_service_retry_budget_exhausted_total",
                "Requests to HTTP services that were not repeated because of the retry budget.",
                Map.of("service", name()),
                budget::refused);
    }

    String name() {
        return settings.name();
    }

    ServiceSettings settings() {
        return settings;
    }

    InstancePool pool() {
        return pool;
    }

    /** Returns what runs the attempts of one call. */
    FailsafeExecutor<ServiceCall.Attempt> attempts() {
        return Failsafe.with(retries).with(new FailsafeScheduler(executors));
    }

    ResponseTime responseTime() {
        return responseTime;
    }

    RequestCounters counters() {
        return counters;
    }

    long nanoTime() {
        return executors.nanoTime();
    }
}
