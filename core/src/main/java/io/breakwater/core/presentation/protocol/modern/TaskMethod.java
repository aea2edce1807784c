package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;

/**
 * A method on a task of the caller. A task is like unknown if the caller may not use the method, or may not use the tool
 * that the task runs any more: its credential can have fewer rights than the one that started the task.
 */
final class TaskMethod implements MethodHandler.Inline {
    private static final AccessDecision NO_TASK = new AccessDecision.Denied("the caller has no task with this id");

    private final Action action;
    private final TaskMethods tasks;
    private final MethodRequest request;
    private final String id;
    private final AccessDecision access;

    TaskMethod(Action action, TaskMethods tasks, MethodRequest request, String id) {
        this.action = action;
        this.tasks = tasks;
        this.request = request;
        this.id = id;
        this.access = request.catalog().task(request.request().method());
    }

    /** What the method does with a task that the caller may access. */
    @FunctionalInterface
    interface Action {
        Json.Obj run(Task task, ParsedJson params, CallContext context);
    }

    /** Returns the decision about the method, whichever tool the task runs. */
    AccessDecision access() {
        return access;
    }

    @Override
    public Outcome run(ActiveCall call) {
        if (access instanceof AccessDecision.Denied) {
            throw unknown(call, TargetKind.TASK, call.method(), access);
        }
        var task = tasks.find(id, request.principal().id(), call.context())
                .orElseThrow(() -> unknown(call, TargetKind.TASK, call.method(), NO_TASK));
        return withTool(task, call);
    }

    private Outcome withTool(Task task, ActiveCall call) {
        var tool = task.tool();
        var decision = tool == null ? access : request.catalog().result(TargetKind.TOOL, tool);
        return switch (decision) {
            case AccessDecision.Allowed ignored ->
                new Outcome.Value(action.run(task, request.params(), call.context()));
            case AccessDecision.ScopesRequired missing -> {
                call.setAccessDecision(missing); // an interceptor adds the challenge
                yield Refusal.of(ErrorCode.FORBIDDEN, "The tool of this task requires more scopes");
            }
            case AccessDecision.Denied denied -> throw unknown(call, TargetKind.TOOL, String.valueOf(tool), denied);
        };
    }

    /** Records the refusal, and returns the error for the caller. */
    private McpException unknown(ActiveCall call, TargetKind kind, String name, AccessDecision decision) {
        var requestId = call.requestId();
        request.catalog().recordRefusal(requestId, kind, name, decision);
        return new McpException(
                McpException.INVALID_PARAMS,
                "Unknown task: it does not exist, or it has expired",
                Json.object().put("requestId", requestId).build());
    }
}
