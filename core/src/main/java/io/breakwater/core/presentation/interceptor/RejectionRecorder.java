package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.metrics.CallStatus;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.call.RejectionListener;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Principal;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.McpException;
import org.jspecify.annotations.Nullable;

/** Counts and logs what is turned away before it becomes a call, as if it had passed the guard and failed. */
final class RejectionRecorder implements RejectionListener {
    private final ServerMetrics meters;
    private final RequestLogInterceptor log;

    RejectionRecorder(ServerMetrics meters, RequestLogInterceptor log) {
        this.meters = meters;
        this.log = log;
    }

    @Override
    public void note(String method, ParsedJson params, Principal principal, McpException error) {
        var outcome = new Outcome.Failed(error);
        meters.forCall(method, tool(method, params)).refuse(CallStatus.of(outcome.status()));
        log.turnedAway(method, target(params), principal, outcome);
    }

    private static @Nullable String tool(String method, ParsedJson params) {
        return method.equals("tools/call") ? params.text("name") : null;
    }

    private static String target(ParsedJson params) {
        var name = params.text("name");
        var target = name == null ? params.text("uri") : name;
        return target == null ? "" : target;
    }
}
