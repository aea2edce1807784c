package io.breakwater.server.mcp;

import io.breakwater.port.Json;
import io.breakwater.server.execution.ExecutionMode;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tool is, apart from what it does.
 *
 * @param name matches {@code [A-Za-z0-9_.-]{1,128}}
 * @param title for people, or null
 * @param description for the model: what it does and when to use it; never empty
 * @param inputSchema JSON Schema 2020-12 whose root is an object schema
 * @param outputSchema JSON Schema of the structured result, or null
 * @param hints what a client may assume of it
 * @param icons pictures for lists
 * @param tasks whether it runs as a task
 * @param executionMode where its handler runs
 * @param timeout its own deadline, or null for the server's
 * @param cache how long results are kept, or null for not at all
 * @param meta its {@code _meta}
 */
public record ToolDefinition(
        String name,
        @Nullable String title,
        String description,
        Json.Obj inputSchema,
        Json.@Nullable Obj outputSchema,
        Hints hints,
        List<Icon> icons,
        TaskStart tasks,
        ExecutionMode executionMode,
        @Nullable Duration timeout,
        @Nullable CacheRule cache,
        Json.Obj meta) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    /** Refuses what a client could not use. */
    public ToolDefinition {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A tool's name is 1 to 128 of A-Z a-z 0-9 _ . -, and this is not: \"" + name + "\"");
        }
        if (description.isBlank()) {
            throw new IllegalArgumentException(
                    "Tool " + name + " needs a description: a model chooses tools by it. Add description(...).");
        }
        if (!"object".equals(inputSchema.text("type"))) {
            throw new IllegalArgumentException(
                    "Tool " + name + ": the root of an input schema says \"type\": \"object\".");
        }
        icons = List.copyOf(icons);
    }

    /**
     * How a tool runs as a task.
     *
     * @param support for whom
     * @param onDemand true when the handler says where the task begins ({@link Call#startTask})
     */
    public record TaskStart(TaskSupport support, boolean onDemand) {
        /** Not at all. */
        public static final TaskStart NONE = new TaskStart(TaskSupport.NONE, false);
    }

    /**
     * How results are kept.
     *
     * @param ttl for how long
     * @param shared true when the result depends on nothing but the arguments; otherwise every principal has its own
     * @param dataSource names what stands behind the tool, such as a database; empty when nothing does. The same tool
     *     over another data source has results of its own
     * @param staleWhileRevalidate for how long after its end a result is still given while a newer one is made; null
     *     for the server's
     * @param staleIfError for how long after its end a result is given when no newer one can be made; null for the
     *     server's
     */
    public record CacheRule(
            Duration ttl,
            boolean shared,
            String dataSource,
            @Nullable Duration staleWhileRevalidate,
            @Nullable Duration staleIfError) {
        /** Refuses a life of nothing, and what would be stale before it is made. */
        public CacheRule {
            if (ttl.isNegative() || ttl.isZero()) {
                throw new IllegalArgumentException("a cached result lives longer than " + ttl);
            }
            if (negative(staleWhileRevalidate) || negative(staleIfError)) {
                throw new IllegalArgumentException("a result cannot be stale for less than no time");
            }
        }

        private static boolean negative(@Nullable Duration time) {
            return time != null && time.isNegative();
        }
    }

    /**
     * What a client may assume (MCP {@code ToolAnnotations}); null leaves MCP's own default.
     *
     * @param readOnly it changes nothing
     * @param destructive it may delete or overwrite
     * @param idempotent calling it again with the same arguments changes nothing more
     * @param openWorld it reaches beyond a closed domain
     */
    public record Hints(
            @Nullable Boolean readOnly,
            @Nullable Boolean destructive,
            @Nullable Boolean idempotent,
            @Nullable Boolean openWorld) {
        /** Nothing said. */
        public static final Hints NONE = new Hints(null, null, null, null);
    }
}
