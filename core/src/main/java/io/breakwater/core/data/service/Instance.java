package io.breakwater.core.data.service;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerConfig;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.driven.Services;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a service: the number of its requests in progress, the result of its latest health check, and its
 * circuit breaker. The breaker is Failsafe's: it opens after a number of failures in succession, and admits one request as
 * the probe when its pause is over. Thread-safe.
 */
final class Instance {
    private final Endpoint endpoint;
    private final int priority;
    private final CircuitBreaker<Object> breaker;
    private final AtomicInteger running = new AtomicInteger();
    private volatile @Nullable String fault;
    private volatile @Nullable String refusal;
    private volatile boolean removed;

    /**
     * Creates an instance that is available.
     *
     * @param priority instances with a higher number are for when no other is available
     */
    Instance(Endpoint endpoint, int priority, CircuitBreakerConfig<Object> breaker) {
        this.endpoint = endpoint;
        this.priority = priority;
        this.breaker = CircuitBreaker.builder(breaker).build();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    int priority() {
        return priority;
    }

    int running() {
        return running.get();
    }

    /** Whether the instance may get any request. */
    boolean isAvailable() {
        return fault == null && breaker.isClosed();
    }

    /** Whether the pause of the open breaker is over, so that a request should try the instance. */
    boolean isProbeDue() {
        return fault == null && !breaker.isClosed() && pause().isZero();
    }

    /** Begins a request to an available instance. */
    Permit begin() {
        running.incrementAndGet();
        return new Permit(false);
    }

    /** Begins the request that tries the instance again; null if another one does already. */
    @Nullable
    Permit beginProbe() {
        if (!breaker.tryAcquirePermit()) {
            return null;
        }
        running.incrementAndGet();
        return new Permit(true);
    }

    /** Sets the result of a health check: null, or why the instance is unhealthy. */
    void checked(@Nullable String why) {
        this.fault = why;
    }

    /**
     * Records why the transport refuses to connect to the instance.
     *
     * @return false if the latest call was refused for this reason too
     */
    boolean refused(RefusedException refused) {
        var reason = reason(refused);
        boolean repeated = reason.equals(refusal);
        this.refusal = reason;
        return !repeated;
    }

    /** Returns why an instance may not be used, for the operator: the message, and the address in its cause. */
    static String reason(RefusedException refused) {
        var cause = refused.getCause();
        return refused.getMessage() + (cause == null ? "" : " " + cause.getMessage() + ".");
    }

    /** Ends the checks of an instance that does not exist any more. */
    void remove() {
        removed = true;
    }

    boolean isRemoved() {
        return removed;
    }

    /** Returns the time until the breaker admits a request; zero if it does now. */
    Duration pause() {
        return breaker.isOpen() ? breaker.getRemainingDelay() : Duration.ZERO;
    }

    Services.State state() {
        if (fault != null) {
            return Services.State.UNHEALTHY;
        }
        return breaker.isClosed() ? Services.State.AVAILABLE : Services.State.OPEN;
    }

    Services.Instance status() {
        var why = fault;
        if (why == null && !breaker.isClosed()) {
            var reason = refusal == null ? "Its latest calls failed." : refusal;
            why = reason + " It is tried again in " + pause().toSeconds() + " s.";
        }
        var address = endpoint.address();
        var origin = address == null ? endpoint.origin() : endpoint.origin() + " (" + address + ")";
        return new Services.Instance(origin, state(), why, running.get());
    }

    /** A request in progress. Exactly one of its methods ends it. */
    final class Permit {
        private final boolean probe;

        private Permit(boolean probe) {
            this.probe = probe;
        }

        Instance instance() {
            return Instance.this;
        }

        /** The instance responded, and its breaker closes if this was the probe. */
        void succeeded() {
            running.decrementAndGet();
            refusal = null;
            if (probe || breaker.isClosed()) {
                breaker.recordSuccess();
            }
        }

        /** The instance failed. A request that began before the breaker opened tells nothing new. */
        void failed() {
            running.decrementAndGet();
            if (probe || breaker.isClosed()) {
                breaker.recordFailure();
            }
        }

        /** The request tells nothing about the instance. The next request is the probe if this one was. */
        void undecided() {
            running.decrementAndGet();
            if (probe) {
                breaker.open(); // Failsafe takes back no permit, but each new half-open state has one
                breaker.halfOpen();
            }
        }
    }
}
