package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.call.RejectionListener;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.RequestLogging;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The interceptors of the guard in their order, outermost first. Outer interceptors see the refusals of inner ones, so
 * metrics and logs contain what the client received.
 *
 * @param chain the interceptors
 * @param itemChain returns the interceptors for the items of a batch. They have no limits for whole calls, such as the rate
 *     limits, because those admit a batch with all its items
 * @param rejectionListener the listener for messages that are rejected before they become calls
 */
@OutageBehavior(
        guard = "interceptors",
        dependency = GuardDependency.APPLICATION_CODE,
        failure = "throwing in an interceptor",
        effect = OutageEffect.DENY,
        behavior = "The call fails with an internal error, also if the interceptor returns null.",
        recovery = "Correct the interceptor.",
        signal = "log line with the stack trace; `mcp_errors_total{error_type=\"internal_error\"}`",
        details = "embedding.md#the-guard")
public record InterceptorChain(
        List<Interceptor> chain,
        Function<InterceptedCall, List<Interceptor>> itemChain,
        RejectionListener rejectionListener) {

    /**
     * Returns the chain of the built-in interceptors and those of the embedder.
     *
     * @param challenges the challenges to callers that lack scopes
     * @param onMissingScopes receives each call that is refused because of missing scopes
     * @param callerLimits the rate limits and the quotas
     * @param outage returns whether an outage is known, and has been logged, that may be the reason of a failure
     * @param custom the interceptors of the embedder, which see only calls that have a permit
     * @param audit records calls in the audit log; null for no record
     */
    public static InterceptorChain of(
            ServerMetrics metrics,
            RequestLogging mode,
            ScopeChallenges challenges,
            Consumer<InterceptedCall> onMissingScopes,
            CallerLimits callerLimits,
            ConcurrencyLimiter concurrencyLimiter,
            Predicate<@Nullable String> outage,
            List<Interceptor> custom,
            @Nullable CallRecorder audit) {
        var log = new RequestLogInterceptor(mode, outage);
        var rates = new RateLimitInterceptor(callerLimits.rates(), callerLimits.callers());
        var limits = new ArrayList<Interceptor>(List.of(rates));
        if (callerLimits.quotas() != null) {
            limits.add(new QuotaInterceptor(callerLimits.quotas()));
        }
        limits.add(concurrencyLimiter);
        var records = audit == null ? null : new AuditRecords(audit);
        var outer = new ArrayList<Interceptor>(List.of(new MetricsInterceptor(metrics), log));
        var inner = new ArrayList<>(custom);
        if (records != null) {
            outer.add(new AuditInterceptor(records));
            inner.add(new AuditStartInterceptor(records));
        }
        outer.add(new AuthorizationInterceptor(challenges, onMissingScopes, rates::countRefused));
        return new InterceptorChain(
                join(outer, limits, inner),
                batch -> join(outer, List.of(concurrencyLimiter.forItems(batch)), inner),
                new RejectionRecorder(metrics, log, records));
    }

    private static List<Interceptor> join(List<Interceptor> outer, List<Interceptor> limits, List<Interceptor> inner) {
        var chain = new ArrayList<>(outer);
        chain.addAll(limits);
        chain.addAll(inner);
        return List.copyOf(chain);
    }

    /**
     * What limits how often callers call.
     *
     * @param rates decides about the rate of calls
     * @param callers the callers whose rate is limited
     * @param quotas decides about the usage in a day; null without quotas
     */
    public record CallerLimits(
            CallLimiter rates,
            LimitedCallers callers,
            @Nullable CallQuotas quotas) {}
}
