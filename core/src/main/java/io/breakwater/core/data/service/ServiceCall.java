package io.breakwater.core.data.service;

import io.breakwater.core.data.service.RequestCounters.Outcome;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.DeadlineExceededException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.Span;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One call of a service, with its attempts one after the other. Failsafe runs the attempts: the first on the thread of
 * the call, and each further one after its pause, on a thread of its own. The end of the call ends a pause at once; an
 * attempt in progress ends by itself, because the transport has the context too.
 */
final class ServiceCall {
    private final Service service;
    private final ServiceRequest request;
    private final CallContext context;
    private final CallOutcome outcome;
    private volatile boolean sending;
    private volatile int attempts;
    private volatile @Nullable Instance used;
    private volatile List<Instance> deferred = List.of(); // they have asked not to be called again for a while

    /**
     * An attempt.
     *
     * @param failure the exception of the call; null if there is an outcome
     * @param pause the time until the next attempt; null after the last
     */
    record Attempt(
            @Nullable PortException failure, @Nullable Duration pause) {
        private static final Attempt LAST = new Attempt(null, null);

        boolean isRepeated() {
            return pause != null;
        }
    }

    ServiceCall(Service service, ServiceRequest request, CallContext context) {
        this.service = service;
        this.request = request;
        this.context = context;
        this.outcome = new CallOutcome(RetryRule.isSafe(request));
    }

    ServiceOutcome run() {
        CompletableFuture<Attempt> last = service.attempts().getAsync(() -> attempt());
        if (!last.isDone()) {
            context.onCancel(() -> last.cancel(false));
        }
        return await(last);
    }

    /** Adds the instance of the latest attempt to the span; messages for the caller do not name it. */
    void describe(Span span) {
        var latest = used;
        if (latest != null) {
            span.attribute("server.address", latest.endpoint().host());
            span.attribute("server.port", latest.endpoint().port());
        }
    }

    private ServiceOutcome await(CompletableFuture<Attempt> last) {
        try {
            var attempt = last.get(context.remaining().toNanos(), TimeUnit.NANOSECONDS);
            if (attempt.failure() != null && !outcome.mayHaveHadEffect()) {
                throw attempt.failure();
            }
            return result();
        } catch (CancellationException | TimeoutException ended) {
            last.cancel(false);
            return ended();
        } catch (InterruptedException interrupted) {
            last.cancel(false);
            Thread.currentThread().interrupt();
            return ended();
        } catch (ExecutionException fault) {
            if (fault.getCause() instanceof RejectedExecutionException) {
                return ended(); // no thread for a further attempt
            }
            throw new IllegalStateException("A request to " + service.name() + " failed.", fault.getCause());
        }
    }

    /** The outcome when the call ends before its attempts do. */
    private ServiceOutcome ended() {
        if (sending) {
            return new ServiceOutcome.Unconfirmed("The call ended before " + service.name() + " responded.", true);
        }
        return result();
    }

    private ServiceOutcome result() {
        var result = outcome.get();
        if (result == null) {
            throw new DeadlineExceededException(
                    "The call ended before the request to " + service.name() + " was sent.", null);
        }
        return result;
    }

    private Attempt attempt() {
        sending = true; // before the check, so that the end of the call sees it, or is seen here
        try {
            if (context.cancelled()) {
                return Attempt.LAST;
            }
            var permit = service.pool().choose(avoided());
            if (permit == null) {
                outcome.add(service.unavailable());
                return Attempt.LAST;
            }
            int before = attempts; // one attempt runs at a time
            attempts = before + 1;
            if (before > 0) {
                service.counters().countRetry();
            }
            used = permit.instance();
            return attempt(permit);
        } finally {
            sending = false;
        }
    }

    private Attempt attempt(Instance.Permit permit) {
        var timeout = shorter(service.settings().attemptTimeout(), context.remaining());
        long start = service.nanoTime();
        ServiceOutcome latest;
        try {
            latest = service.send(request, permit.instance(), timeout, context);
        } catch (RefusedException refused) {
            service.counters().count(Outcome.REFUSED);
            settle(permit, refused);
            return new Attempt(refused, null);
        } catch (DeadlineExceededException ended) {
            service.counters().count(Outcome.CANCELLED);
            permit.undecided();
            return outcome.get() == null ? new Attempt(ended, null) : Attempt.LAST;
        } catch (RuntimeException | Error fault) {
            permit.undecided();
            throw fault;
        }
        settle(permit, latest, timeout, service.nanoTime() - start);
        outcome.add(latest);
        if (service.isDeferred(latest)) {
            deferred = Stream.concat(deferred.stream(), Stream.of(permit.instance()))
                    .toList();
        }
        return new Attempt(null, service.pauseAfter(request, latest, attempts, avoided(), context));
    }

    /** The instances that the next attempt avoids: those that are deferred and, as the last, that of the latest attempt. */
    private List<Instance> avoided() {
        var latest = used;
        if (latest == null) {
            return List.of();
        }
        return deferred.isEmpty()
                ? List.of(latest)
                : Stream.concat(deferred.stream(), Stream.of(latest)).toList();
    }

    /** An instance whose response is refused has responded; a request that is refused was not sent. */
    private static void settle(Instance.Permit permit, RefusedException refused) {
        if (refused.reason() == RefusedException.Reason.OTHER) {
            permit.succeeded();
        } else {
            permit.undecided();
        }
    }

    private void settle(Instance.Permit permit, ServiceOutcome latest, Duration timeout, long nanos) {
        if (latest instanceof ServiceOutcome.Response response) {
            service.counters().count(latest);
            service.responseTime().record(nanos);
            if (response.status() < 500) {
                permit.succeeded();
            } else {
                permit.failed(message(response));
            }
        } else if (isCancelled() || isTooShort(timeout)) {
            service.counters().count(isCancelled() ? Outcome.CANCELLED : Outcome.TIMEOUT);
            permit.undecided();
        } else {
            service.counters().count(latest);
            permit.failed(message(latest));
        }
    }

    private static String message(ServiceOutcome failed) {
        return switch (failed) {
            case ServiceOutcome.Response response -> "the response had the status " + response.status() + ".";
            case ServiceOutcome.NotDelivered notDelivered -> notDelivered.message();
            case ServiceOutcome.Unconfirmed unconfirmed -> unconfirmed.message();
        };
    }

    private boolean isCancelled() {
        return context.cancelled() && !context.remaining().isZero();
    }

    /** An attempt at the end of a deadline had too little time to tell anything about the instance. */
    private boolean isTooShort(Duration timeout) {
        return context.remaining().isZero()
                && timeout.multipliedBy(2).compareTo(service.settings().attemptTimeout()) < 0;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
