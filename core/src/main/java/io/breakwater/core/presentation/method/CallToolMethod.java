package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.call.OutcomeMapping;
import io.breakwater.core.presentation.catalog.ToolEntry;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolResult;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code tools/call}: checks the arguments and looks for a kept result before any thread is changed for them, asks what
 * may have to be waited for on a virtual thread, and lets the tool work on its own lane.
 */
public final class CallToolMethod implements MethodHandler {
    private static final Set<ErrorCode> WORTH_A_STALE_RESULT =
            Set.of(ErrorCode.EXTERNAL_ERROR, ErrorCode.TIMEOUT, ErrorCode.OVERLOADED);

    private final ToolEntry tool;
    private final ParsedJson arguments;
    private final ResultCacheService memory;
    private volatile @Nullable CachedCall recollection;

    /** A call of that tool with those parameters. */
    public CallToolMethod(ToolEntry tool, ParsedJson params, ResultCacheService memory) {
        this.tool = tool;
        this.memory = memory;
        var given = params.member("arguments");
        this.arguments = given == null ? ParsedJson.EMPTY : given;
    }

    @Override
    public ExecutionMode lane() {
        var remembering = recollection;
        return remembering == null || remembering.isOurs() ? ownLane() : ExecutionMode.VIRTUAL;
    }

    /** What makes results untrue tells other servers so, which may have to be waited for. */
    private ExecutionMode ownLane() {
        var own = tool.definition().executionMode();
        return own == ExecutionMode.INLINE && tool.writes() ? ExecutionMode.VIRTUAL : own;
    }

    @Override
    public @Nullable Outcome tryFast(ActiveCall call) {
        var wrong = tool.check(arguments);
        if (wrong != null) {
            return OutcomeMapping.tool(call, ErrorCode.INVALID_PARAMS, wrong, null);
        }
        if (call.answered()) { // 2026-07-28: results of retries are not cached
            return null;
        }
        var remembering = memory.recollection(tool, arguments, call);
        recollection = remembering;
        return remembering == null ? null : outcome(remembering.tryLocal());
    }

    @Override
    public @Nullable Outcome run(ActiveCall call) throws Exception {
        var remembering = recollection;
        if (remembering == null) {
            return outcome(new CacheResult(worked(call), CacheStatus.BYPASS));
        }
        if (!remembering.isOurs()) {
            return outcome(remembering.lookup());
        }
        return call.cancelled() ? new Outcome.Cancelled() : outcome(remembering.load(() -> worked(call)));
    }

    private ToolResult worked(ActiveCall call) throws Exception {
        if (!tool.definition().tasks().onDemand()) {
            call.startTask();
        }
        return tool.invoke(arguments, call, memory);
    }

    private @Nullable Outcome outcome(@Nullable CacheResult served) {
        return served == null ? null : new Outcome.Tool(tool.stamped(served.result(), served.status()), null);
    }

    @Override
    public Outcome fallback(ActiveCall call, Outcome outcome) {
        var remembering = recollection;
        if (remembering == null || !WORTH_A_STALE_RESULT.contains(code(outcome))) {
            return outcome;
        }
        var stale = outcome(remembering.stale());
        return stale == null ? outcome : stale;
    }

    private static ErrorCode code(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Tool(var result, var code) when code != null -> code;
            case Outcome.Refused refused -> refused.code();
            default -> ErrorCode.INTERNAL_ERROR;
        };
    }
}
