package io.breakwater.core.presentation.interceptor;

import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.settings.AuditFailurePolicy;

/**
 * Records every call when it ends, also those that inner interceptors refuse. Refusals to anonymous callers are only
 * counted: otherwise every program that can reach the server could fill the disk with them.
 */
final class AuditInterceptor implements Interceptor {
    private final AuditRecords records;
    private final CallRecorder recorder;

    AuditInterceptor(AuditRecords records) {
        this.records = records;
        this.recorder = records.recorder();
    }

    @Override
    public Decision before(InterceptedCall call) {
        return recorder.onFailure() == AuditFailurePolicy.DENY_ALL && recorder.isFailing()
                ? records.refusal(call)
                : Decision.PROCEED;
    }

    @Override
    public Outcome after(InterceptedCall call, Outcome outcome) {
        if (outcome instanceof Refusal && call.principal().isAnonymous()) {
            recorder.countSkipped();
        } else {
            recorder.record(records.end(call, outcome));
        }
        return outcome;
    }
}
