package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.metrics.CallStatus;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.Call;

/** Counts every call and how long it took, under names from the catalogue alone. */
final class MetricsInterceptor implements Interceptor {
    private final ServerMetrics meters;
    private final ServerExecutors lanes;

    MetricsInterceptor(ServerMetrics meters, ServerExecutors lanes) {
        this.meters = meters;
        this.lanes = lanes;
    }

    @Override
    public Outcome after(Call call, Outcome outcome) {
        var tool = call.tool();
        meters.forCall(call.method(), tool == null ? null : tool.name())
                .record(CallStatus.of(outcome.status()), lanes.nanoTime() - ((ActiveCall) call).startedNanos());
        return outcome;
    }
}
