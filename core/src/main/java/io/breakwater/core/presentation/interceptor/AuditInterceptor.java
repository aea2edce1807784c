package io.breakwater.core.presentation.interceptor;

import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.settings.AuditFailurePolicy;

/**
 * Records every call when it ends, also those that inner interceptors refuse. For anonymous callers it only counts
 * refusals and calls that no rate limit bounds: otherwise every program that can reach the server could fill the disk with
 * them. It does not record {@code ping}, which reads and changes nothing.
 */
@OutageBehavior(
        guard = "audit log, `deny-all`",
        dependency = GuardDependency.AUDIT_FOLDER,
        failure = "full, read-only or removed",
        effect = OutageEffect.DENY,
        behavior = "All calls are refused with `OVERLOADED`.",
        recovery = "The server tries again every 0.5 to 5 seconds, and calls continue by themselves.",
        signal = "health cause `audit`; `mcp_audit_failing`, `mcp_audit_refused_total`",
        details = "audit.md#while-the-log-cannot-be-written")
final class AuditInterceptor implements Interceptor {
    private final AuditRecords records;
    private final CallRecorder recorder;

    AuditInterceptor(AuditRecords records) {
        this.records = records;
        this.recorder = records.recorder();
    }

    @Override
    public Decision before(InterceptedCall call) {
        var failure = recorder.onFailure() == AuditFailurePolicy.DENY_ALL ? recorder.failure() : null;
        return failure == null ? Decision.PROCEED : records.refusal(call, failure);
    }

    @Override
    public Outcome after(InterceptedCall call, Outcome outcome) {
        if (call.principal().isAnonymous() && !isBounded(call, outcome)) {
            recorder.countSkipped();
        } else if (!call.method().equals("ping")) {
            recorder.record(records.end(call, outcome));
        }
        return outcome;
    }

    /** Returns true if the caller has used tokens of the rate limits for this call. */
    private static boolean isBounded(InterceptedCall call, Outcome outcome) {
        return !(outcome instanceof Refusal) && !RateLimitInterceptor.isUnlimited(call);
    }
}
