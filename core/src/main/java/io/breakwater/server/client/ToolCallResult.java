package io.breakwater.server.client;

import io.breakwater.port.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of a tool call.
 *
 * @param result the whole {@code CallToolResult}, or {@code CreateTaskResult} when the call continues as a task
 */
public record ToolCallResult(Json.Obj result) {

    static final String DRY_RUN = "io.breakwater/dryRun";

    /** Returns the report of a dry run; empty for any other result, such as a refusal. */
    public Optional<Json.Obj> dryRunReport() {
        return result.object("_meta").get(DRY_RUN) instanceof Json.Obj report ? Optional.of(report) : Optional.empty();
    }

    /** True when the tool failed; {@link #text} has the reason. */
    public boolean isError() {
        return result.get("isError") == Json.Bool.TRUE;
    }

    /** The content blocks. */
    public List<Json> content() {
        return result.get("content") instanceof Json.Arr(var blocks) ? blocks : List.of();
    }

    /** The text of all text blocks, separated by line breaks. */
    public String text() {
        return content().stream()
                .map(block -> block instanceof Json.Obj object ? object.text("text") : null)
                .filter(text -> text != null)
                .collect(Collectors.joining("\n"));
    }

    /**
     * The structured result if it is an object, otherwise an empty object; {@link #result} has results of other types.
     */
    public Json.Obj structured() {
        return result.object("structuredContent");
    }

    /** The id of the task as which the call continues, or null when this is the final result. */
    public @Nullable String task() {
        return "task".equals(result.text("resultType")) ? result.text("taskId") : null;
    }
}
