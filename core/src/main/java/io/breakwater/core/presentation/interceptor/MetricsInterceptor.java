package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;

/** Records the status and the duration of every call. Metric labels come from the catalog alone. */
final class MetricsInterceptor implements Interceptor {
    private final ServerMetrics metrics;

    MetricsInterceptor(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Outcome after(InterceptedCall call, Outcome outcome) {
        var tool = call.tool();
        metrics.forCall(call.method(), tool == null ? null : tool.name())
                .record(outcome.status(), call.elapsed().toNanos());
        return outcome;
    }
}
