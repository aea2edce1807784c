package io.breakwater.core.data.service;

import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport;
import io.breakwater.port.driven.ServiceTransport.Limits;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.settings.ServiceHealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks the instances of all services. The checks of a service are spread over its interval, at most {@value #CONCURRENT}
 * run at the same time, and each closes its connection, so that many instances cost neither many threads nor many
 * connections. If the checks take longer than the interval, they are late, and a metric says by how much. Thread-safe.
 */
final class HealthChecks {
    static final int CONCURRENT = 64;

    private static final Duration TICK = Duration.ofMillis(50);
    private static final int MAX_BODY = 64 * 1024;
    private static final byte[] NO_BODY = {};

    private final ServiceTransport transport;
    private final ServerExecutors executors;
    private final PriorityQueue<Check> waiting = // guarded by this, like the next
            new PriorityQueue<>((one, other) -> Long.signum(one.due - other.due));
    private int running;
    private ServerExecutors.@Nullable Scheduled ticks;

    HealthChecks(ServiceTransport transport, ServerExecutors executors) {
        this.transport = transport;
        this.executors = executors;
    }

    synchronized void start() {
        ticks = executors.scheduleRepeatedly(TICK, this::startDue);
    }

    synchronized void close() {
        if (ticks != null) {
            ticks.cancel();
        }
        waiting.clear();
    }

    /** Adds instances of a service. The first is checked at once, and the others in the course of the interval. */
    synchronized void add(List<Instance> instances, ServiceHealthCheck settings) {
        long now = executors.nanoTime();
        long interval = settings.interval().toNanos();
        for (int i = 0; i < instances.size(); i++) {
            waiting.add(new Check(instances.get(i), settings, now + interval / instances.size() * i));
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
        var next = waiting.peek();
        long late = next == null ? 0 : executors.nanoTime() - next.due;
        return late <= TICK.toNanos() ? 0 : (double) late / TimeUnit.SECONDS.toNanos(1);
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

    private synchronized @Nullable Check nextDue() {
        while (running < CONCURRENT) {
            var next = waiting.peek();
            if (next == null || next.due - executors.nanoTime() > 0) {
                return null;
            }
            waiting.remove();
            if (!next.instance.isRemoved()) {
                running++;
                return next;
            }
        }
        return null;
    }

    private synchronized void end(Check check, long start) {
        running--;
        check.due = start + check.settings.interval().toNanos();
        waiting.add(check);
    }

    /** The repeated check of one instance. */
    private final class Check {
        private final Instance instance;
        private final ServiceHealthCheck settings;
        private long due;

        Check(Instance instance, ServiceHealthCheck settings, long due) {
            this.instance = instance;
            this.settings = settings;
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
            var request = new ServiceRequest("GET", settings.path(), Map.of(), null, NO_BODY, null);
            var limits = new Limits(settings.timeout(), MAX_BODY, false);
            var context = new BackgroundContext("health-check", settings.timeout());
            try {
                return fault(transport.send(request, instance.endpoint().labelled("the instance"), limits, context));
            } catch (PortException refused) {
                return refused.getMessage();
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
