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
 * the probe when its pause is over, or earlier when a health check succeeds after one that failed.
 *
 * <p>While an instance was not checked yet, it gets requests like a healthy one, but it is not known whether it works.
 * Thread-safe.
 */
final class Instance {
    private final Endpoint endpoint;
    private final int priority;
    private final CircuitBreaker<Object> breaker;
    private final Runnable onChange;
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean known;
    private volatile @Nullable String fault;
    private volatile @Nullable String refusal;
    private volatile @Nullable String lastFailure;
    private volatile boolean removed;

    /**
     * Creates an instance that is available.
     *
     * @param priority instances with a higher number are for when no other is available
     * @param checked whether it has health checks, so that its health is not known before the first one
     * @param onChange runs after each change of the state
     */
    Instance(
            Endpoint endpoint, int priority, CircuitBreakerConfig<Object> breaker, boolean checked, Runnable onChange) {
        this.endpoint = endpoint;
        this.priority = priority;
        this.breaker = CircuitBreaker.builder(breaker).build();
        this.known = !checked;
        this.onChange = onChange;
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

    /** Whether a health check or a call has shown whether the instance works. */
    boolean isKnown() {
        return known;
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
        var before = fault;
        boolean changed = !known || (before == null) != (why == null);
        fault = why;
        known = true;
        if (before != null && why == null) {
            endPause();
        }
        if (changed) {
            onChange.run();
        }
    }

    /** Lets the next request be the probe; a health endpoint that always succeeds never comes here. */
    private synchronized void endPause() {
        if (breaker.isOpen()) {
            breaker.halfOpen();
        }
    }

    /** Failsafe takes back no permit of a probe, but each new half-open state has one. */
    private synchronized void renewProbe() {
        breaker.open();
        breaker.halfOpen();
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
        var address = endpoint.address();
        var origin = address == null ? endpoint.origin() : endpoint.origin() + " (" + address + ")";
        return new Services.Instance(origin, state(), cause(), running.get());
    }

    /** The text stays the same during a pause, because each change of a reason is reported. */
    private @Nullable String cause() {
        var why = fault;
        if (why != null || breaker.isClosed()) {
            return why;
        }
        return (refusal == null ? "Its latest calls failed: " + lastFailure : refusal)
                + (pause().isZero() ? " The next call tries it again." : " It is tried again after a pause.");
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
            if (probe || !known) {
                known = true;
                onChange.run();
            }
        }

        /**
         * The instance failed. A request that began before the breaker opened tells nothing new.
         *
         * @param why a sentence for operators
         */
        void failed(String why) {
            running.decrementAndGet();
            if (probe || breaker.isClosed()) {
                lastFailure = why;
                breaker.recordFailure();
                if (!breaker.isClosed()) {
                    onChange.run();
                }
            }
        }

        /** The request tells nothing about the instance. The next request is the probe if this one was. */
        void undecided() {
            running.decrementAndGet();
            if (probe) {
                renewProbe();
            }
        }
    }
}
