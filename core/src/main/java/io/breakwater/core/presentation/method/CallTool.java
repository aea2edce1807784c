package io.breakwater.core.presentation.method;

import io.breakwater.core.business.recall.CacheKey;
import io.breakwater.core.presentation.call.Failures;
import io.breakwater.core.presentation.call.LiveCall;
import io.breakwater.core.presentation.call.Work;
import io.breakwater.core.presentation.catalog.CacheStatus;
import io.breakwater.core.presentation.catalog.ErrorCode;
import io.breakwater.core.presentation.catalog.registry.ToolEntry;
import io.breakwater.core.presentation.guard.Outcome;
import io.breakwater.core.presentation.json.Document;
import io.breakwater.core.runtime.Lane;
import org.jspecify.annotations.Nullable;

/**
 * {@code tools/call}: checks the arguments and looks for a kept result before any thread is changed for them, then lets
 * the tool work.
 */
public final class CallTool implements Work {
    private final ToolEntry tool;
    private final Document arguments;
    private final ResultMemory memory;
    private @Nullable CacheKey key;

    /** A call of that tool with those parameters. */
    public CallTool(ToolEntry tool, Document params, ResultMemory memory) {
        this.tool = tool;
        this.memory = memory;
        var given = params.member("arguments");
        this.arguments = given == null ? Document.EMPTY : given;
    }

    @Override
    public Lane lane() {
        return tool.definition().lane();
    }

    @Override
    public @Nullable Outcome ahead(LiveCall call) {
        var wrong = tool.check(arguments);
        if (wrong != null) {
            return Failures.tool(call, ErrorCode.INVALID_PARAMS, wrong, null);
        }
        key = memory.key(tool, arguments, call.principal());
        var kept = key == null ? null : memory.find(key);
        return kept == null ? null : new Outcome.Tool(tool.stamped(kept, CacheStatus.HIT), null);
    }

    @Override
    public Outcome run(LiveCall call) throws Exception {
        if (!tool.definition().tasks().onDemand()) {
            call.becomeTask();
        }
        var result = tool.invoke(arguments, call);
        if (key == null) {
            return new Outcome.Tool(tool.stamped(result, CacheStatus.BYPASS), null);
        }
        memory.keep(key, tool, result);
        return new Outcome.Tool(tool.stamped(result, CacheStatus.MISS), null);
    }
}
