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
 * @param itemChain the interceptors for the items of a batch. It has no limits for whole calls, such as the concurrency
 *     limit of the server, because the batch holds a permit that also stands for its items
 * @param rejectionListener the listener for messages that are rejected before they become calls
 */
public record InterceptorChain(
        List<Interceptor> chain, List<Interceptor> itemChain, RejectionListener rejectionListener) {

    /**
     * Returns the chain of the built-in interceptors and those of the embedder.
     *
     * @param challenges the challenges to callers that lack scopes
     * @param onMissingScopes receives each call that is refused because of missing scopes
     * @param rateLimits the rate limits and the callers to which they apply
     * @param outage returns whether an outage is known and has been logged
     * @param custom the interceptors of the embedder, which see only calls that have a permit
     * @param audit records calls in the audit log; null for no record
     */
    public static InterceptorChain of(
            ServerMetrics metrics,
            RequestLogging mode,
            ScopeChallenges challenges,
            Consumer<InterceptedCall> onMissingScopes,
            RateLimitedCallers rateLimits,
            ConcurrencyLimiter concurrencyLimiter,
            BooleanSupplier outage,
            List<Interceptor> custom,
            @Nullable CallRecorder audit) {
        var log = new RequestLogInterceptor(mode, outage);
        var limits = new RateLimitInterceptor(rateLimits.limiter(), rateLimits.local());
        var records = audit == null ? null : new AuditRecords(audit);
        var outer = new ArrayList<Interceptor>(List.of(new MetricsInterceptor(metrics), log));
        var inner = new ArrayList<>(custom);
        if (records != null) {
            outer.add(new AuditInterceptor(records));
            inner.add(new AuditStartInterceptor(records));
        }
        outer.add(new AuthorizationInterceptor(challenges, onMissingScopes, limits::countRefused));
        return new InterceptorChain(
                join(outer, List.of(limits, concurrencyLimiter), inner),
                join(outer, List.of(), inner),
                new RejectionRecorder(metrics, log, records));
    }

    private static List<Interceptor> join(List<Interceptor> outer, List<Interceptor> limits, List<Interceptor> inner) {
        var chain = new ArrayList<>(outer);
        chain.addAll(limits);
        chain.addAll(inner);
        return List.copyOf(chain);
    }

    /**
     * The rate limits and the callers to which they apply.
     *
     * @param limiter decides about calls
     * @param local whether callers over stdio and anonymous callers from this machine are limited too
     */
    public record RateLimitedCallers(CallLimiter limiter, boolean local) {}
}
