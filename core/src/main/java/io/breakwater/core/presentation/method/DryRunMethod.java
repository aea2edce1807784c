package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.DryRunCall;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.call.OutcomeMapping;
import io.breakwater.core.presentation.catalog.ToolEntry;
import io.breakwater.core.presentation.idempotency.KeyedCall;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Idempotency;
import io.breakwater.server.mcp.ToolResult;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code tools/call} as a dry run: makes the checks of a call, and describes what the call would do. It has no way to run
 * the tool, to claim a key, to change the cache or to ask the client. Its result is an error result, as MCP requires of a
 * result that does not match the output schema of the tool, and its {@code _meta} has the report.
 *
 * <p>It runs on a virtual thread, since descriptions may wait for a database or a service.
 */
final class DryRunMethod implements MethodHandler {
    private static final Content NOTE =
            Content.text("Dry run: the tool did not run, and the call had no effect. What the call would do:");
    private static final String NOT_ASKED =
            "The tool cannot describe what it would do, so it was not asked. Everything before it was checked.";

    private final ToolEntry tool;
    private final ParsedJson arguments;
    private final ToolServices services;
    private volatile @Nullable KeyedCall keyedCall;

    DryRunMethod(ToolEntry tool, ParsedJson params, ToolServices services) {
        this.tool = tool;
        this.services = services;
        this.arguments = RequestParams.arguments(params);
    }

    @Override
    public ExecutionMode executionMode() {
        return ExecutionMode.VIRTUAL;
    }

    @Override
    public @Nullable Outcome tryFast(ActiveCall call) {
        var violation = tool.check(arguments);
        if (violation != null) {
            return OutcomeMapping.tool(call, ErrorCode.INVALID_PARAMS, violation, null);
        }
        keyedCall = services.idempotency().keyedCall(tool, arguments, call); // only an object: nothing is claimed
        return null;
    }

    @Override
    public Outcome run(ActiveCall call) throws Exception {
        var dry = new DryRunCall(call);
        tool.checkAccess(arguments, dry);
        var confirmation = services.confirmation().describe(tool, arguments, dry);
        var handler = handler(dry);
        var report = Json.object()
                .put("tool", tool.name())
                .putIfPresent("arguments", isSecret() ? null : tool.received(arguments))
                .put("access", access(call))
                .put("limits", services.limits().describe(call, call.timeout()))
                .put("confirmation", confirmation)
                .put("idempotency", idempotency())
                .put("cache", cache(call))
                .put("handler", handler)
                .build();
        return new Outcome.DryRun(result(report));
    }

    /** The result of a tool without keys may be a secret, and then its arguments are secrets too. */
    private boolean isSecret() {
        return tool.idempotency().guarantee() == Idempotency.NONE;
    }

    private Json.Obj access(ActiveCall call) {
        boolean open = services.confirmation().hasNoRules();
        return Json.object()
                .put("decision", "allowed")
                .put(
                        "reason",
                        open
                                ? "The server has no access rules, and the tool requires nothing that the caller lacks."
                                : "The access rules allow this caller to call the tool with these arguments.")
                .put("principal", call.principal().id())
                .build();
    }

    private Json.Obj idempotency() {
        return Json.object()
                .put("key", keyedCall != null)
                .put("guarantee", tool.idempotency().guarantee().name().toLowerCase(Locale.ROOT))
                .build();
    }

    private Json.Obj cache(ActiveCall call) {
        return Json.object()
                .put("status", services.resultCache().peek(tool, arguments, call))
                .build();
    }

    private Json.Obj handler(DryRunCall dry) throws Exception {
        var description = tool.dryRun(arguments, dry);
        return description == null
                ? Json.object().put("asked", false).put("reason", NOT_ASKED).build()
                : Json.object().put("asked", true).put("would", description).build();
    }

    private static ToolResult result(Json.Obj report) {
        var meta = Json.object().put(DryRunRequest.META_KEY, report).build();
        return new ToolResult(List.of(NOTE, Content.text(JsonWriter.text(report))), null, true, meta);
    }
}
