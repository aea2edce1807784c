package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.cache.CacheResult;
import io.breakwater.core.presentation.cache.CachedCall;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.call.OutcomeMapping;
import io.breakwater.core.presentation.catalog.ToolEntry;
import io.breakwater.core.presentation.idempotency.KeyedCall;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolResult;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code tools/call}: checks the arguments and looks for a cached result on the thread on which the call arrived, waits
 * for the shared tier or another call on a virtual thread, and runs the tool in the tool's execution mode.
 */
public final class CallToolMethod implements MethodHandler {
    private static final Set<ErrorCode> STALE_IF_ERROR_CODES =
            Set.of(ErrorCode.EXTERNAL_ERROR, ErrorCode.TIMEOUT, ErrorCode.OVERLOADED);

    private final ToolEntry tool;
    private final ParsedJson arguments;
    private final ToolServices services;
    private volatile @Nullable CachedCall cachedCall;
    private volatile @Nullable KeyedCall keyedCall;

    /** A call of that tool with those parameters. */
    public CallToolMethod(ToolEntry tool, ParsedJson params, ToolServices services) {
        this.tool = tool;
        this.services = services;
        this.arguments = RequestParams.arguments(params);
    }

    @Override
    public ExecutionMode executionMode() {
        var cached = cachedCall;
        return cached == null || cached.mustLoad() ? toolMode() : ExecutionMode.VIRTUAL;
    }

    /**
     * An inline tool that invalidates results, has an idempotency key or requires a confirmation runs on a virtual thread,
     * since the publication of the invalidation, the access to the store and the wait for the user may block.
     */
    private ExecutionMode toolMode() {
        var own = tool.definition().executionMode();
        boolean mayBlock = tool.invalidatesCache() || tool.asksForConfirmation() || keyedCall != null;
        return own == ExecutionMode.INLINE && mayBlock ? ExecutionMode.VIRTUAL : own;
    }

    @Override
    public @Nullable Outcome tryFast(ActiveCall call) {
        var violation = tool.check(arguments);
        if (violation != null) {
            return OutcomeMapping.tool(call, ErrorCode.INVALID_PARAMS, violation, null);
        }
        keyedCall = services.idempotency().keyedCall(tool, arguments, call);
        if (call.hasUserInput()) { // 2026-07-28: results of retries are not cached
            return null;
        }
        var cached = services.resultCache().cachedCall(tool, arguments, call);
        cachedCall = cached;
        return cached == null ? null : outcome(cached.tryLocal());
    }

    @Override
    public @Nullable Outcome run(ActiveCall call) throws Exception {
        var cached = cachedCall;
        if (cached == null) {
            return outcome(new CacheResult(invokeTool(call), CacheStatus.BYPASS));
        }
        if (!cached.mustLoad()) {
            return outcome(cached.lookup());
        }
        return call.cancelled() ? new Outcome.Cancelled() : outcome(cached.load(() -> invokeTool(call)));
    }

    /** Runs the tool, or finds the result of the call that this one repeats. */
    private ToolResult invokeTool(ActiveCall call) throws Exception {
        tool.checkAccess(arguments, call);
        var keyed = keyedCall;
        if (keyed != null) {
            return keyed.run(call, () -> admit(call, keyed.key()), () -> invoke(call));
        }
        admit(call, null);
        return invoke(call);
    }

    /** Returns when the handler may run. */
    private void admit(ActiveCall call, @Nullable IdempotencyKey key) throws Exception {
        if (!tool.definition().tasks().onDemand()) {
            call.startTask();
        }
        if (tool.asksForConfirmation()) {
            services.confirmation().require(tool, arguments, call, key);
        }
    }

    private ToolResult invoke(ActiveCall call) throws Exception {
        call.handlerStarts();
        var result = tool.invoke(arguments, call, services.resultCache());
        call.handlerReturned();
        return result;
    }

    private @Nullable Outcome outcome(@Nullable CacheResult served) {
        return served == null ? null : new Outcome.Tool(tool.decorate(served.result(), served.status()), null);
    }

    @Override
    public Outcome fallback(ActiveCall call, Outcome outcome) {
        if (keyedCall != null) {
            return code(outcome) == ErrorCode.TIMEOUT ? withAdvice(call, keyedCall.timeoutAdvice()) : outcome;
        }
        var cached = cachedCall;
        if (cached == null || !STALE_IF_ERROR_CODES.contains(code(outcome))) {
            return outcome;
        }
        var stale = outcome(cached.stale());
        return stale == null ? outcome : stale;
    }

    private static Outcome withAdvice(ActiveCall call, String advice) {
        return OutcomeMapping.tool(call, ErrorCode.TIMEOUT, "The deadline of the call passed." + advice, null);
    }

    private static ErrorCode code(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Tool(var result, var code) when code != null -> code;
            case Refusal refusal -> refusal.code();
            default -> ErrorCode.INTERNAL_ERROR;
        };
    }
}
