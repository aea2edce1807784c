package io.breakwater.core.presentation.interceptor;

import io.breakwater.port.AuditEntry;
import io.breakwater.port.AuditEntry.AuditedCall;
import io.breakwater.port.CanonicalJson;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.Principal;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the audit log records of calls, and the refusal of calls that it cannot record. */
final class AuditRecords {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final CallRecorder recorder;

    AuditRecords(CallRecorder recorder) {
        this.recorder = recorder;
    }

    CallRecorder recorder() {
        return recorder;
    }

    AuditEntry start(InterceptedCall call) {
        return new AuditEntry.Start(recorder.now(), audited(call));
    }

    AuditEntry end(InterceptedCall call, Outcome outcome) {
        return new AuditEntry.End(
                recorder.now(), audited(call), outcome.status().word(), call.elapsed());
    }

    /** Records a message that was rejected before it became a call; for an anonymous caller it is only counted. */
    void recordRejection(String method, String target, Principal principal, Outcome.Failed outcome) {
        if (principal.isAnonymous()) {
            recorder.countSkipped();
            return;
        }
        var id = outcome.error().data() instanceof Json.Obj data ? data.text("requestId") : null;
        var call = AuditedCall.of(id == null ? "" : id, principal, method, target, null);
        recorder.record(
                new AuditEntry.End(recorder.now(), call, outcome.status().word(), null));
    }

    private AuditedCall audited(InterceptedCall call) {
        var audited = AuditedCall.of(call.requestId(), call.principal(), call.method(), call.target(), digest(call));
        return call.isDryRun() ? audited.asDryRun() : audited;
    }

    private @Nullable String digest(InterceptedCall call) {
        var arguments = call.arguments();
        return arguments.members().isEmpty() ? null : recorder.digest(CanonicalJson.bytes(arguments));
    }

    /** Returns true if a call may change data: it is no dry run, and its tool does not say that it only reads. */
    static boolean mayWrite(InterceptedCall call) {
        var tool = call.tool();
        return tool != null
                && !call.isDryRun()
                && !Boolean.TRUE.equals(tool.hints().readOnly());
    }

    /** Returns the refusal of a call that cannot be recorded. */
    Refusal refusal(InterceptedCall call, PortException failure) {
        recorder.countRefused();
        var which = switch (recorder.onFailure()) {
            case DENY_ALL -> "calls are refused";
            case DENY_WRITES, ALLOW -> "calls that may change data are refused, and others continue";
        };
        return Refusal.of(
                        ErrorCode.OVERLOADED,
                        "The server cannot record calls at present, so " + which + ". Retry later. Request id: "
                                + call.requestId())
                .withRetryAfter(RETRY_AFTER)
                .withReason(String.valueOf(failure.getMessage()));
    }
}
