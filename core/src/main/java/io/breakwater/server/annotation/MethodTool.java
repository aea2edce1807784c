package io.breakwater.server.annotation;

import io.breakwater.core.presentation.codec.ParametersCodec;
import io.breakwater.port.Json;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;

/** Builds a tool from a method with {@link McpTool}. */
final class MethodTool {
    private final AnnotatedMethod method;
    private final McpTool annotation;
    private final MethodParameters parameters;
    private final ParametersCodec codec;
    private final ToolResults results;

    private MethodTool(AnnotatedMethod method, McpTool annotation) {
        this.method = method;
        this.annotation = annotation;
        this.parameters = MethodParameters.of(method);
        this.codec = parameters.codec();
        this.results = ToolResults.of(method);
    }

    static Tool of(AnnotatedMethod method, McpTool annotation) {
        return new MethodTool(method, annotation).build();
    }

    private Tool build() {
        refuseWhatCannotWork();
        var builder = Tool.named(method.name(annotation.name()))
                .description(annotation.description())
                .input(codec.schema())
                .output(results.schema(), ToolResult.class)
                .executionMode(annotation.executionMode());
        Texts.ifPresent(annotation.title(), builder::title);
        builder.requiresRole(annotation.requiresRole()).requiresScope(annotation.requiresScope());
        addHints(builder);
        addExecution(builder);
        addCache(builder);
        addConfirmation(builder);
        return builder.handler(new MethodToolHandler(codec, MethodInvoker.of(method, parameters), results));
    }

    private void refuseWhatCannotWork() {
        Texts.requireDescription(method, annotation.description(), "@McpTool");
        if (method.isAsync() && annotation.executionMode() != ExecutionMode.VIRTUAL) {
            throw method.refused("the call waits for the CompletionStage, which must not block a thread of "
                    + annotation.executionMode() + ". Leave the execution mode at VIRTUAL.");
        }
        boolean cached =
                !annotation.cacheFor().isEmpty() || !annotation.cacheForAll().isEmpty();
        if (cached && !results.structured()) {
            throw method.refused("the cache stores structured results only. Return a record or a list to cache it.");
        }
        if (annotation.taskOnDemand() && annotation.task() == TaskSupport.NONE) {
            throw method.refused("taskOnDemand needs a task. Add task = TaskSupport.OPTIONAL or REQUIRED.");
        }
        Durations.refuseBoth(method, annotation.cacheFor(), annotation.cacheForAll());
    }

    /** Sets the hints that differ from the defaults of MCP. */
    private void addHints(Tool.Builder<Json.Obj, ToolResult> builder) {
        if (annotation.readOnly()) {
            builder.readOnly();
        } else if (!annotation.destructive()) {
            builder.additive();
        }
        if (annotation.idempotent()) {
            builder.idempotent();
        }
        if (!annotation.openWorld()) {
            builder.openWorld(false);
        }
    }

    private void addExecution(Tool.Builder<Json.Obj, ToolResult> builder) {
        Durations.ifPresent(method, "timeout", annotation.timeout(), builder::timeout);
        if (annotation.taskOnDemand()) {
            builder.asTaskOnDemand(annotation.task());
        } else if (annotation.task() != TaskSupport.NONE) {
            builder.asTask(annotation.task());
        }
    }

    private void addCache(Tool.Builder<Json.Obj, ToolResult> builder) {
        Durations.ifPresent(method, "cacheFor", annotation.cacheFor(), builder::cacheFor);
        Durations.ifPresent(method, "cacheForAll", annotation.cacheForAll(), builder::cacheForAll);
        Durations.ifPresent(
                method, "staleWhileRevalidate", annotation.staleWhileRevalidate(), builder::staleWhileRevalidate);
        Durations.ifPresent(method, "staleIfError", annotation.staleIfError(), builder::staleIfError);
        builder.cacheSource(annotation.cacheSource());
        if (annotation.cacheTags().length > 0) {
            builder.cacheTags(tags("cacheTags", annotation.cacheTags())::tags);
        }
        if (annotation.invalidates().length > 0) {
            var tags = tags("invalidates", annotation.invalidates());
            builder.invalidates((arguments, result) -> tags.tags(arguments));
        }
    }

    private void addConfirmation(Tool.Builder<Json.Obj, ToolResult> builder) {
        if (!annotation.confirm().isEmpty()) {
            var template = ConfirmationTemplate.of(method, annotation.confirm(), parameters, codec);
            builder.confirm((arguments, call) -> template.message(arguments));
        }
    }

    private TagTemplates tags(String member, String[] templates) {
        return TagTemplates.of(method, member, templates, parameters, codec);
    }
}
