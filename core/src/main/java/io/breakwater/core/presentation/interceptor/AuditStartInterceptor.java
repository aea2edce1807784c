package io.breakwater.core.presentation.interceptor;

import io.breakwater.port.PortException;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.settings.AuditFailurePolicy;

/**
 * Records a call of a tool that may change data before the tool runs, and waits until the entry is on the disk. It is the
 * last interceptor, so a call that another one refuses costs no disk access.
 */
@OutageBehavior(
        guard = "audit log, `deny-writes`",
        dependency = GuardDependency.AUDIT_FOLDER,
        failure = "full, read-only or removed",
        effect = OutageEffect.DENY,
        behavior =
                "Tools that may change data are refused with `OVERLOADED`. Other calls continue, and their entries wait "
                        + "in memory.",
        recovery = "The server tries again every 0.5 to 5 seconds, and calls continue by themselves.",
        signal = "health cause `audit`; `mcp_audit_failing`, `mcp_audit_refused_total`",
        details = "audit.md#while-the-log-cannot-be-written")
@OutageBehavior(
        guard = "audit log, `allow`",
        dependency = GuardDependency.AUDIT_FOLDER,
        failure = "full, read-only or removed",
        effect = OutageEffect.ALLOW,
        behavior = "All calls continue; up to 8,192 entries wait in memory, and further ones are lost and counted. The "
                + "operator has chosen this with `audit.on-failure: allow`.",
        recovery = "The waiting entries are written, after one that tells how many are lost.",
        signal = "health cause `audit`; `mcp_audit_failing`, `mcp_audit_lost_total`",
        details = "audit.md#while-the-log-cannot-be-written")
final class AuditStartInterceptor implements Interceptor {
    private final AuditRecords records;
    private final CallRecorder recorder;

    AuditStartInterceptor(AuditRecords records) {
        this.records = records;
        this.recorder = records.recorder();
    }

    @Override
    public Decision before(InterceptedCall call) {
        if (!AuditRecords.mayWrite(call)) {
            return Decision.PROCEED;
        }
        var failure = recorder.failure();
        if (failure != null) {
            return withoutRecord(call, failure);
        }
        return call.executionMode() == ExecutionMode.VIRTUAL
                ? record(call)
                : new Decision.SwitchExecutor(ExecutionMode.VIRTUAL);
    }

    private Decision record(InterceptedCall call) {
        try {
            recorder.recordDurably(records.start(call), call.context());
            return Decision.PROCEED;
        } catch (PortException unavailable) {
            return withoutRecord(call, unavailable);
        }
    }

    private Decision withoutRecord(InterceptedCall call, PortException failure) {
        return recorder.onFailure() == AuditFailurePolicy.ALLOW ? Decision.PROCEED : records.refusal(call, failure);
    }
}
