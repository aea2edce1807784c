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
     * @param outage returns whether an outage is known and has been logged
     * @param custom the interceptors of the embedder, which see only calls that have a permit
     * @param audit records calls in the audit log; null for no record
     */
    public static InterceptorChain of(
            ServerMetrics metrics,
            RequestLogging mode,
            ScopeChallenges challenges,
            Consumer<InterceptedCall> onMissingScopes,
            ConcurrencyLimiter concurrencyLimiter,
            BooleanSupplier outage,
            List<Interceptor> custom,
            @Nullable CallRecorder audit) {
        var log = new RequestLogInterceptor(mode, outage);
        var records = audit == null ? null : new AuditRecords(audit);
        var chain = new ArrayList<Interceptor>();
        chain.add(new MetricsInterceptor(metrics));
        chain.add(log);
        if (records != null) {
            chain.add(new AuditInterceptor(records));
        }
        chain.add(new AuthorizationInterceptor(challenges, onMissingScopes));
        chain.add(concurrencyLimiter);
        chain.addAll(custom);
        if (records != null) {
            chain.add(new AuditStartInterceptor(records));
        }
        return new InterceptorChain(List.copyOf(chain), new RejectionRecorder(metrics, log, records));
    }
}
