package io.breakwater.core.presentation.idempotency;

import io.breakwater.core.metrics.IdempotencyOutcome;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.IdempotentWrite;
import io.breakwater.server.mcp.ToolResult;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** A call whose store records the key in the transaction of its write. */
final class RecordedCall extends KeyedCall {
    private final IdempotencyKey key;

    RecordedCall(IdempotencyKey key, Consumer<IdempotencyOutcome> meter) {
        super(meter);
        this.key = key;
    }

    @Override
    ToolResult runOnce(ActiveCall call, Callable<ToolResult> work) throws Exception {
        var write = new IdempotentWrite(key);
        call.setIdempotentWrite(write);
        var result = work.call();
        if (!write.isStarted() && !result.isError()) {
            throw new IllegalStateException("The tool " + key.tool() + " is declared with EXACTLY_ONCE, but its handler"
                    + " passed no store the context of the call. Pass it, or declare the tool with AT_MOST_ONCE.");
        }
        if (write.isReplayed()) {
            return replayed(result);
        }
        count(IdempotencyOutcome.EXECUTED);
        return result;
    }

    @Override
    public String timeoutAdvice() {
        return " Repeat the call with the same idempotency key to learn its outcome.";
    }
}
