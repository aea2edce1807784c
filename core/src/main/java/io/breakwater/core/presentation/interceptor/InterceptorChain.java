package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.call.RejectionListener;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.RequestLogging;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The order of the guard, outermost first. Whoever stands further out sees the refusals of those further in: what is
 * counted and logged is what the client was told.
 *
 * @param chain the list
 * @param turnedAway who is told of what does not even get to it
 */
public record InterceptorChain(List<Interceptor> chain, RejectionListener turnedAway) {

    /**
     * A guard of these.
     *
     * @param outage whether an outage is known and told already
     * @param own the embedder's interceptors, which see calls that have a place to run
     */
    public static InterceptorChain of(
            ServerExecutors lanes,
            ServerMetrics meters,
            RequestLogging mode,
            ConcurrencyLimiter permits,
            BooleanSupplier outage,
            List<Interceptor> own) {
        var log = new RequestLogInterceptor(mode, lanes, outage);
        var chain = new ArrayList<Interceptor>();
        chain.add(new MetricsInterceptor(meters, lanes));
        chain.add(log);
        chain.add(permits);
        chain.addAll(own);
        return new InterceptorChain(List.copyOf(chain), new RejectionRecorder(meters, log));
    }
}
