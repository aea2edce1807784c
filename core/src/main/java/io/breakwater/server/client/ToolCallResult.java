package io.breakwater.server.client;

import io.breakwater.port.Json;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a tool call ended with.
 *
 * @param result the whole {@code CallToolResult}, or {@code CreateTaskResult} where the work goes on as a task
 */
public record ToolCallResult(Json.Obj result) {

    /** True when the tool failed at its work; {@link #text} says why. */
    public boolean isError() {
        return result.get("isError") == Json.Bool.TRUE;
    }

    /** The content blocks. */
    public List<Json> content() {
        return result.get("content") instanceof Json.Arr(var blocks) ? blocks : List.of();
    }

    /** The text of all text blocks, one a line. */
    public String text() {
        return content().stream()
                .map(block -> block instanceof Json.Obj object ? object.text("text") : null)
                .filter(text -> text != null)
                .collect(Collectors.joining("\n"));
    }

    /** The structured result when it is an object, otherwise an empty one; {@link #result} has the others. */
    public Json.Obj structured() {
        return result.object("structuredContent");
    }

    /** The id of the task that the work goes on as; null when this is the result already. */
    public @Nullable String task() {
        return "task".equals(result.text("resultType")) ? result.text("taskId") : null;
    }
}
