package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.call.RejectionListener;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.RequestLogging;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The interceptors of the guard in their order, outermost first. Outer interceptors see the refusals of inner ones, so
 * metrics and logs contain what the client received.
 *
 * @param chain the interceptors
 * @param rejectionListener the listener for messages that are rejected before they become calls
 */
public record InterceptorChain(List<Interceptor> chain, RejectionListener rejectionListener) {

    /**
     * Returns the chain of the built-in interceptors and those of the embedder.
     *
     * @param challenges the challenges to callers that lack scopes
     * @param onMissingScopes receives each call that is refused because of missing scopes
     * @param rateLimits refuses calls beyond the rate limits, or null
     * @param outage returns whether an outage is known and has been logged
     * @param custom the interceptors of the embedder, which see only calls that have a permit
     */
    public static InterceptorChain of(
            ServerMetrics metrics,
            RequestLogging mode,
            ScopeChallenges challenges,
            Consumer<InterceptedCall> onMissingScopes,
            @Nullable Interceptor rateLimits,
            ConcurrencyLimiter concurrencyLimiter,
            BooleanSupplier outage,
            List<Interceptor> custom) {
        var log = new RequestLogInterceptor(mode, outage);
        var chain = new ArrayList<Interceptor>();
        chain.add(new MetricsInterceptor(metrics));
        chain.add(log);
        chain.add(new AuthorizationInterceptor(challenges, onMissingScopes));
        if (rateLimits != null) {
            chain.add(rateLimits);
        }
        chain.add(concurrencyLimiter);
        chain.addAll(custom);
        return new InterceptorChain(List.copyOf(chain), new RejectionRecorder(metrics, log));
    }

    /**
     * Returns the interceptor for rate limits.
     *
     * @param limitsLocalCallers whether callers over stdio and anonymous callers from this machine are limited too
     */
    public static Interceptor rateLimits(CallLimiter limiter, boolean limitsLocalCallers) {
        return new RateLimitInterceptor(limiter, limitsLocalCallers);
    }
}
