package io.breakwater.core.presentation.idempotency;

import io.breakwater.core.business.idempotency.ClaimedCalls;
import io.breakwater.core.metrics.IdempotencyOutcome;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.server.mcp.ToolResult;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * A call that makes calls of other tools, which have keys of their own. Its key belongs to the list of these calls, so
 * that a repeated call makes the same ones, and each of them returns its earlier result.
 */
final class KeyedBatch extends KeyedCall {
    private final ClaimedCalls claims;

    KeyedBatch(IdempotencyKey key, ClaimedCalls claims, Consumer<IdempotencyOutcome> meter) {
        super(key, meter);
        this.claims = claims;
    }

    @Override
    ToolResult runOnce(ActiveCall call, Admission admission, Callable<ToolResult> work) throws Exception {
        claims.bindKey(key(), call.context());
        admission.admit();
        return work.call();
    }

    @Override
    public String timeoutAdvice() {
        return " Repeat the call with the same idempotency key: only what has not happened runs.";
    }
}
