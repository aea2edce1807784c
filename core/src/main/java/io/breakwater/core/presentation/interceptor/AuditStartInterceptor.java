package io.breakwater.core.presentation.interceptor;

import io.breakwater.port.PortException;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.settings.AuditFailurePolicy;

/**
 * Records a call of a tool that may change data before the tool runs, and waits until the entry is on the disk. It is the
 * last interceptor, so a call that another one refuses costs no disk access.
 */
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
        if (recorder.isFailing()) {
            return withoutRecord(call);
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
            return withoutRecord(call);
        }
    }

    private Decision withoutRecord(InterceptedCall call) {
        return recorder.onFailure() == AuditFailurePolicy.ALLOW ? Decision.PROCEED : records.refusal(call);
    }
}
