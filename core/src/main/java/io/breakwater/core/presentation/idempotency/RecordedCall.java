package io.breakwater.core.presentation.idempotency;

import io.breakwater.core.business.idempotency.RecordedCalls;
import io.breakwater.core.metrics.IdempotencyOutcome;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.IdempotentWrite;
import io.breakwater.server.mcp.ToolResult;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call whose store records the key in the transaction of its write, or with each of its steps. If a user may have to confirm it, the key is looked
 * up before: a call that repeats a finished one runs its handler only to return the recorded result.
 */
final class RecordedCall extends KeyedCall {
    private final @Nullable RecordedCalls records;

    /**
     * Creates the call.
     *
     * @param records finds the key before a user is asked; null if the tool needs no confirmation, or continues earlier
     *     calls, so that its store alone looks the key up
     */
    RecordedCall(IdempotencyKey key, @Nullable RecordedCalls records, Consumer<IdempotencyOutcome> meter) {
        super(key, meter);
        this.records = records;
    }

    @Override
    ToolResult runOnce(ActiveCall call, Admission admission, Callable<ToolResult> work) throws Exception {
        var write = admittedWrite(call, admission);
        call.setIdempotentWrite(write);
        var result = work.call();
        if (!write.isStarted() && !result.isError() && !call.hasEffect()) {
            throw new IllegalStateException(
                    "The tool " + key().tool() + " is declared with EXACTLY_ONCE or RESUMABLE, but its handler"
                            + " passed no store the context of the call. Pass it, or declare the tool with AT_MOST_ONCE.");
        }
        if (write.isReplayed()) {
            return replayed(result);
        }
        count(IdempotencyOutcome.EXECUTED);
        return result;
    }

    private IdempotentWrite admittedWrite(ActiveCall call, Admission admission) throws Exception {
        if (isRecorded(call)) {
            return IdempotentWrite.replayOf(key());
        }
        try {
            admission.admit();
        } catch (Exception refusal) {
            // another call with the key may have ended while this one was confirmed
            if (isAllowed(call) && isRecorded(call)) {
                return IdempotentWrite.replayOf(key());
            }
            throw refusal;
        }
        return new IdempotentWrite(key());
    }

    /** The caller may have lost the right to the call while it was confirmed, and so the right to its result. */
    private static boolean isAllowed(ActiveCall call) {
        return call.accessDecision() instanceof AccessDecision.Allowed;
    }

    private boolean isRecorded(ActiveCall call) {
        return records != null && records.contains(key(), call.context());
    }

    @Override
    public String timeoutAdvice() {
        return " Repeat the call with the same idempotency key to learn its outcome.";
    }
}
