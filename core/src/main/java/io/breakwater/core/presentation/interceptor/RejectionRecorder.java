package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.call.RejectionListener;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Principal;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.McpException;
import org.jspecify.annotations.Nullable;

/** Counts, logs and audits messages that are rejected before they become calls, in the same way as failed calls. */
final class RejectionRecorder implements RejectionListener {
    private final ServerMetrics metrics;
    private final RequestLogInterceptor log;
    private final @Nullable AuditRecords audit;

    RejectionRecorder(ServerMetrics metrics, RequestLogInterceptor log, @Nullable AuditRecords audit) {
        this.metrics = metrics;
        this.log = log;
        this.audit = audit;
    }

    @Override
    public void onRejected(String method, ParsedJson params, Principal principal, McpException error) {
        var outcome = new Outcome.Failed(error);
        metrics.forCall(method, tool(method, params)).refuse(outcome.status());
        log.logRejection(method, target(params), principal, outcome);
        if (audit != null) {
            audit.recordRejection(method, target(params), principal, outcome);
        }
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
