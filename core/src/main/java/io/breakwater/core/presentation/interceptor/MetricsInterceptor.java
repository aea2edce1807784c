package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.Call;

/** Records the status and the duration of every call. Metric labels come from the catalog alone. */
final class MetricsInterceptor implements Interceptor {
    private final ServerMetrics metrics;
    private final ServerExecutors executors;

    MetricsInterceptor(ServerMetrics metrics, ServerExecutors executors) {
        this.metrics = metrics;
        this.executors = executors;
    }

    @Override
    public Outcome after(Call call, Outcome outcome) {
        var tool = call.tool();
        metrics.forCall(call.method(), tool == null ? null : tool.name())
                .record(outcome.status(), executors.nanoTime() - ((ActiveCall) call).startedNanos());
        return outcome;
    }
}
