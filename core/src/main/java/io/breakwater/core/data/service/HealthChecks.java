package io.breakwater.core.data.service;

import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport;
import io.breakwater.port.driven.ServiceTransport.Limits;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.settings.ServiceHealthCheck;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the instances of all services. The checks of a service are spread over its interval, at most {@value #CONCURRENT}
 * run at the same time, and each closes its connection, so that many instances cost neither many threads nor many
 * connections. Thread-safe.
 *
 * <p>The services share these places: one that has many instances, or slow ones, gets at most three times as many as it
 * leaves free, so the checks of another service do not wait for it. If the checks of a service take longer than its
 * interval, they are late; a metric says by how much, and a warning when it is a whole interval.
 */
final class HealthChecks {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.services");
    static final int CONCURRENT = 64;

    /** The share of one service in proportion to the free places (dynamic thresholds, Choudhury and Hahne 1998). */
    private static final int SHARE = 3;

    private static final Duration TICK = Duration.ofMillis(50);
    private static final int MAX_BODY = 64 * 1024;
    private static final byte[] NO_BODY = {};

    private final ServiceTransport transport;
    private final ServerExecutors executors;
    private final Map<String, Checks> services = new LinkedHashMap<>(); // guarded by this, like the next
    private int running;
    private ServerExecutors.@Nullable Scheduled ticks;

    HealthChecks(ServiceTransport transport, ServerExecutors executors) {
        this.transport = transport;
        this.executors = executors;
    }

    synchronized void start() {
        ticks = executors.scheduleRepeatedly(TICK, this::tick);
    }

    synchronized void close() {
        if (ticks != null) {
            ticks.cancel();
        }
        services.clear();
    }

    /** Adds a service without instances. */
    synchronized void register(String service, ServiceHealthCheck settings) {
        services.put(service, new Checks(service, settings));
    }

    /**
     * Adds instances of a registered service. The first is checked at once, and the others in the course of the interval.
     */
    synchronized void add(String service, List<Instance> instances) {
        var checks = services.get(service);
        if (checks == null) {
            return; // it is closed
        }
        long now = executors.nanoTime();
        long interval = checks.settings.interval().toNanos();
        for (int i = 0; i < instances.size(); i++) {
            checks.waiting.add(new Check(checks, instances.get(i), now + interval / instances.size() * i));
        }
    }

    void bindTo(MetricSink sink) {
        sink.gauge(
                "mcp_service_check_delay_seconds",
                "Time by which the health checks of HTTP services are late; above 0, the interval is not held.",
                Map.of(),
                this::delay);
    }

    private synchronized double delay() {
        long now = executors.nanoTime();
        long late =
                services.values().stream().mapToLong(one -> one.late(now)).max().orElse(0);
        return late <= TICK.toNanos() ? 0 : (double) late / TimeUnit.SECONDS.toNanos(1);
    }

    private void tick() {
        startDue();
        synchronized (this) {
            services.values().forEach(one -> one.reportDelay(executors.nanoTime()));
        }
    }

    private void startDue() {
        for (var check = nextDue(); check != null; check = nextDue()) {
            start(check);
        }
    }

    private void start(Check check) {
        try {
            executors.virtualThreads().execute(check::run);
        } catch (RejectedExecutionException overloaded) {
            end(check, executors.nanoTime());
        }
    }

    /** Returns the check that is due for the longest time, of the service with the fewest that run. */
    private synchronized @Nullable Check nextDue() {
        long now = executors.nanoTime();
        Checks next = null;
        for (var one : services.values()) {
            if (one.isDue(now) && mayStart(one) && (next == null || one.isBefore(next))) {
                next = one;
            }
        }
        if (next == null) {
            return null;
        }
        running++;
        next.running++;
        return next.waiting.remove();
    }

    private boolean mayStart(Checks service) {
        int free = CONCURRENT - running;
        return free > 0 && (services.size() == 1 || service.running < SHARE * free);
    }

    private synchronized void end(Check check, long start) {
        running--;
        check.service.running--;
        check.due = start + check.service.settings.interval().toNanos();
        check.service.waiting.add(check);
    }

    /** The checks of a service; guarded by the lock of the class around it. */
    private static final class Checks {
        private final String service;
        private final ServiceHealthCheck settings;
        private final PriorityQueue<Check> waiting =
                new PriorityQueue<>((one, other) -> Long.signum(one.due - other.due));
        private int running;
        private boolean late;

        Checks(String service, ServiceHealthCheck settings) {
            this.service = service;
            this.settings = settings;
        }

        /** Forgets instances that do not exist any more, and tells whether a check should start. */
        boolean isDue(long now) {
            var first = waiting.peek();
            while (first != null && first.instance.isRemoved()) {
                waiting.remove();
                first = waiting.peek();
            }
            return first != null && first.due - now <= 0;
        }

        boolean isBefore(Checks other) {
            return running < other.running || (running == other.running && due() - other.due() < 0);
        }

        private long due() {
            return waiting.element().due;
        }

        /** Returns by how much the next check is late; negative if it is not. */
        long late(long now) {
            var next = waiting.peek();
            return next == null ? 0 : now - next.due;
        }

        /** Logs when a check is late by a whole interval, and when all are on time again. */
        void reportDelay(long now) {
            long delay = late(now);
            if (!late && delay > settings.interval().toNanos()) {
                late = true;
                LOG.warn(
                        "The health checks of {} are late by more than services.{}.health.interval ({} ms): {} instances"
                                + " wait for one of {} places. Increase the interval, or decrease"
                                + " services.{}.health.timeout ({} ms).",
                        service,
                        service,
                        settings.interval().toMillis(),
                        waiting.size(),
                        CONCURRENT,
                        service,
                        settings.timeout().toMillis());
            } else if (late && delay <= TICK.toNanos()) {
                late = false;
                LOG.info("The health checks of {} are on time again.", service);
            }
        }
    }

    /** The repeated check of one instance. */
    private final class Check {
        private final Checks service;
        private final Instance instance;
        private long due;

        Check(Checks service, Instance instance, long due) {
            this.service = service;
            this.instance = instance;
            this.due = due;
        }

        void run() {
            long start = executors.nanoTime();
            try {
                instance.checked(fault());
            } finally {
                end(this, start);
                startDue();
            }
        }

        private @Nullable String fault() {
            var settings = service.settings;
            var request = new ServiceRequest("GET", settings.path(), Map.of(), null, NO_BODY, null);
            var limits = new Limits(settings.timeout(), MAX_BODY, false);
            var context = new BackgroundContext("health-check", settings.timeout());
            try {
                return fault(transport.send(request, instance.endpoint().labelled("the instance"), limits, context));
            } catch (RefusedException refused) {
                return refused.reason() == RefusedException.Reason.FORBIDDEN
                        ? Instance.reason(refused)
                        : refused.getMessage();
            } catch (PortException failed) {
                return failed.getMessage();
            }
        }

        private static @Nullable String fault(ServiceOutcome outcome) {
            return switch (outcome) {
                case ServiceOutcome.Response response ->
                    response.status() / 100 == 2
                            ? null
                            : "Its health check responded with the status " + response.status() + ".";
                case ServiceOutcome.NotDelivered notDelivered -> notDelivered.message();
                case ServiceOutcome.Unconfirmed unconfirmed -> unconfirmed.message();
            };
        }
    }
}
