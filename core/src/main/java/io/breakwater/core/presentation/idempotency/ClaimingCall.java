package io.breakwater.core.presentation.idempotency;

import io.breakwater.core.business.idempotency.ClaimedCall;
import io.breakwater.core.business.idempotency.ClaimedCalls;
import io.breakwater.core.metrics.IdempotencyOutcome;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.server.mcp.ToolResult;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call that claims its key before the handler runs, and records its result afterwards. */
final class ClaimingCall extends KeyedCall {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.call");

    private final ClaimedCalls claims;

    ClaimingCall(IdempotencyKey key, ClaimedCalls claims, Consumer<IdempotencyOutcome> meter) {
        super(key, meter);
        this.claims = claims;
    }

    @Override
    ToolResult runOnce(ActiveCall call, Admission admission, Callable<ToolResult> work) throws Exception {
        return switch (claims.start(key(), call.claim(), call.context())) {
            case ClaimedCalls.Start.Repeated(var result) -> replayed(StoredToolResult.read(result));
            case ClaimedCalls.Start.First(var claimed) -> runFirst(call, claimed, admission, work);
        };
    }

    private ToolResult runFirst(ActiveCall call, ClaimedCall claimed, Admission admission, Callable<ToolResult> work)
            throws Exception {
        boolean admitted = false;
        ToolResult result;
        try {
            call.storeClaim(claimed.id());
            admission.admit();
            admitted = true;
            result = work.call();
        } catch (Throwable failure) {
            record(call, ending(call, claimed, admitted, failure));
            throw failure;
        }
        count(IdempotencyOutcome.EXECUTED);
        var stored = serialized(result, call, claimed);
        record(call, () -> claimed.complete(stored));
        return result;
    }

    /** A result that cannot be stored cannot be sent either. It belongs to a call that has acted. */
    private Json.Raw serialized(ToolResult result, ActiveCall call, ClaimedCall claimed) {
        try {
            return StoredToolResult.write(result);
        } catch (Throwable unwritable) {
            record(call, claimed::abandon);
            throw unwritable;
        }
    }

    /** A call that was not admitted has had no effect, unless it had one in an earlier round. */
    private static Runnable ending(ActiveCall call, ClaimedCall claimed, boolean admitted, Throwable failure) {
        if (call.hasEffect()) {
            return EffectCertainty.continues(failure) ? claimed::hold : claimed::abandon;
        }
        return !admitted || EffectCertainty.hadNone(failure) ? claimed::release : claimed::abandon;
    }

    /** Records how the call ended. If that fails, the caller gets its result, and later calls an unknown outcome. */
    private void record(ActiveCall call, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .setCause(failure instanceof PortException ? null : failure)
                    .addKeyValue("request_id", call.requestId())
                    .addKeyValue("target", key().tool())
                    .log(
                            "The outcome of a call was not stored under its idempotency key, so later calls with this"
                                    + " key report an unknown outcome: {}",
                            failure.getMessage());
        }
    }

    @Override
    public String timeoutAdvice() {
        return " Its outcome is unknown. Repeat the call with the same idempotency key: if the outcome becomes known,"
                + " you receive it, and the call has no second effect.";
    }
}
