package io.breakwater.core.presentation.idempotency;

import io.breakwater.core.metrics.IdempotencyOutcome;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.PortException.IdempotencyException;
import io.breakwater.server.mcp.ToolResult;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** A call of a tool with an idempotency key. */
public abstract sealed class KeyedCall permits RecordedCall, ClaimingCall, KeyedBatch {
    /** The member of a result's {@code _meta} that marks the result of an earlier call. */
    static final String META_REPLAYED = "io.breakwater/idempotentReplay";

    private final IdempotencyKey key;
    private final Consumer<IdempotencyOutcome> meter;

    KeyedCall(IdempotencyKey key, Consumer<IdempotencyOutcome> meter) {
        this.key = key;
        this.meter = meter;
    }

    /** Returns when the handler of a call may run, for example because a user has agreed. It has no effect. */
    @FunctionalInterface
    public interface Admission {
        /** Throws an exception if the handler must not run. */
        void admit() throws Exception;
    }

    /** Returns the key. */
    public final IdempotencyKey key() {
        return key;
    }

    /**
     * Runs the tool, or returns the result of an earlier call with the same key, which needs no admission.
     *
     * @param work runs the handler, after the admission
     * @throws IdempotencyException if neither is possible
     */
    public final ToolResult run(ActiveCall call, Admission admission, Callable<ToolResult> work) throws Exception {
        try {
            return runOnce(call, admission, work);
        } catch (IdempotencyException noResult) {
            count(outcome(noResult.problem()));
            throw noResult;
        }
    }

    /** Returns what the caller should know if the call ends at its deadline. */
    public abstract String timeoutAdvice();

    abstract ToolResult runOnce(ActiveCall call, Admission admission, Callable<ToolResult> work) throws Exception;

    final void count(IdempotencyOutcome outcome) {
        meter.accept(outcome);
    }

    final ToolResult replayed(ToolResult result) {
        count(IdempotencyOutcome.REPLAYED);
        var meta = Json.object();
        result.meta().members().forEach(meta::put);
        meta.put(META_REPLAYED, true);
        return new ToolResult(result.content(), result.structured(), result.isError(), meta.build());
    }

    private static IdempotencyOutcome outcome(IdempotencyException.Problem problem) {
        return switch (problem) {
            case IN_PROGRESS -> IdempotencyOutcome.IN_PROGRESS;
            case OTHER_ARGUMENTS -> IdempotencyOutcome.OTHER_ARGUMENTS;
            case UNCONFIRMED -> IdempotencyOutcome.UNCONFIRMED;
            case UNKNOWN_OUTCOME -> IdempotencyOutcome.UNKNOWN_OUTCOME;
            case RESULT_NOT_KEPT -> IdempotencyOutcome.RESULT_NOT_KEPT;
        };
    }
}
