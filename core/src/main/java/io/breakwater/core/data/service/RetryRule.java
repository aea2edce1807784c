package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.support.Backoff;
import io.breakwater.server.settings.ServiceSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is repeated, and after which pause. A request that certainly reached no instance may be
 * repeated whatever it is, and moves to another instance at once. Any other is repeated only if its effect is the same
 * when it happens twice: its method is idempotent (RFC 9110 section 9.2.2), or it has a key that the service honours.
 *
 * <p>{@code Retry-After} is about the instance that sent it: the request goes to another one meanwhile, after the usual
 * pause, and waits only if there is no other.
 *
 * <p>No repetition begins that cannot end in time: the pause and the usual time of a response must fit into the time that
 * the call has left.
 */
final class RetryRule {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    /** Too many requests, and the three that mean that the service is not available at present. */
    private static final Set<Integer> TEMPORARY = Set.of(429, 502, 503, 504);

    private static final Duration MAX_BACKOFF = Duration.ofDays(1);

    private final ServiceSettings settings;
    private final InstancePool pool;
    private final ResponseTime responseTime;
    private final InstantSource clock;
    private final RandomGenerator random;

    RetryRule(
            ServiceSettings settings,
            InstancePool pool,
            ResponseTime responseTime,
            InstantSource clock,
            RandomGenerator random) {
        this.settings = settings;
        this.pool = pool;
        this.responseTime = responseTime;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Returns the pause before the next attempt; null if the outcome is the last one.
     *
     * @param attempts the number of attempts so far
     * @param avoided the instances that the next attempt avoids
     */
    @Nullable
    Duration pause(
            ServiceRequest request, ServiceOutcome outcome, int attempts, List<Instance> avoided, CallContext context) {
        if (attempts > settings.retries().retries() || context.cancelled()) {
            return null;
        }
        var pause = wantedPause(request, outcome, attempts, avoided);
        if (pause == null) {
            return null;
        }
        var end = pause.plus(responseTime.expected());
        return end.compareTo(context.remaining()) < 0 ? pause : null;
    }

    private @Nullable Duration wantedPause(
            ServiceRequest request, ServiceOutcome outcome, int attempts, List<Instance> avoided) {
        return switch (outcome) {
            case ServiceOutcome.NotDelivered ignored -> pool.hasOther(avoided) ? Duration.ZERO : backoff(attempts);
            case ServiceOutcome.Unconfirmed ignored -> isRepeatable(request) ? backoff(attempts) : null;
            case ServiceOutcome.Response response ->
                TEMPORARY.contains(response.status()) && isRepeatable(request)
                        ? longer(backoff(attempts), pool.hasOther(avoided) ? Duration.ZERO : retryAfter(response))
                        : null;
        };
    }

    /** Whether the instance asks not to be called again for a while. */
    boolean isDeferred(ServiceOutcome outcome) {
        return outcome instanceof ServiceOutcome.Response response
                && TEMPORARY.contains(response.status())
                && retryAfter(response).isPositive();
    }

    private Duration retryAfter(ServiceOutcome.Response response) {
        return RetryAfter.of(response, clock.instant());
    }

    boolean isRepeatable(ServiceRequest request) {
        return IDEMPOTENT.contains(request.method()) || (request.idempotencyKey() != null && settings.idempotent());
    }

    /** Whether the request only reads (RFC 9110 section 9.2.1). */
    static boolean isSafe(ServiceRequest request) {
        return SAFE.contains(request.method());
    }

    private Duration backoff(int attempts) {
        var pause = settings.retries().backoff();
        for (int i = 1; i < attempts; i++) {
            pause = Backoff.next(pause, MAX_BACKOFF);
        }
        return Backoff.jittered(pause, random);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
