package io.breakwater.server;

import io.breakwater.core.business.audit.AuditThreads;
import io.breakwater.core.business.audit.AuditTrail;
import io.breakwater.core.presentation.interceptor.CallRecorder;
import io.breakwater.port.AuditEntry;
import io.breakwater.port.CallContext;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.AuditLog;
import io.breakwater.port.driven.Dependency;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.settings.AuditFailurePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Connects the audit log of a builder to the interceptors that record calls. */
final class AuditAssembly implements CallRecorder {
    private final AuditTrail trail;
    private final AuditFailurePolicy onFailure;
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    private AuditAssembly(AuditTrail trail, AuditFailurePolicy onFailure) {
        this.trail = trail;
        this.onFailure = onFailure;
    }

    static AuditAssembly of(AuditLog log, AuditFailurePolicy onFailure, ServerExecutors executors, MetricSink metrics) {
        var assembly =
                new AuditAssembly(new AuditTrail(log, threads(executors), new LoggingAuditListener()), onFailure);
        assembly.trail.bindTo(metrics);
        assembly.bindTo(metrics);
        return assembly;
    }

    private void bindTo(MetricSink metrics) {
        metrics.counter(
                "mcp_audit_skipped_total",
                "Calls of anonymous callers that the audit log does not contain: refused ones, and those that no rate limit"
                        + " bounds.",
                Map.of(),
                skipped::get);
        metrics.counter(
                "mcp_audit_refused_total",
                "Calls that were refused because the audit log could not be written.",
                Map.of(),
                refused::get);
    }

    private static AuditThreads threads(ServerExecutors executors) {
        return new AuditThreads() {
            @Override
            public void start(Runnable task) {
                executors.virtualThreads().execute(task);
            }

            @Override
            public void after(Duration delay, Runnable task) {
                executors.schedule(delay, task);
            }

            @Override
            public Instant now() {
                return executors.clock().instant();
            }

            @Override
            public long nanoTime() {
                return executors.nanoTime();
            }
        };
    }

    Dependency dependency() {
        return trail.dependency();
    }

    @Override
    public AuditFailurePolicy onFailure() {
        return onFailure;
    }

    @Override
    public @Nullable PortException failure() {
        return trail.failure();
    }

    @Override
    public Instant now() {
        return trail.now();
    }

    @Override
    public String digest(byte[] arguments) {
        return trail.digest(arguments);
    }

    @Override
    public void record(AuditEntry entry) {
        trail.record(entry);
    }

    @Override
    public void recordDurably(AuditEntry entry, CallContext context) {
        trail.recordDurably(entry, context);
    }

    @Override
    public void countSkipped() {
        skipped.incrementAndGet();
    }

    @Override
    public void countRefused() {
        refused.incrementAndGet();
    }

    /** Writes the entries that still wait; returns true if the log accepted all of them. */
    boolean close() {
        return trail.close();
    }
}
