package io.breakwater.server.mcp;

import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.RateLimit;
import io.breakwater.server.execution.ExecutionMode;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a tool, without its handler.
 *
 * @param name matches {@code [A-Za-z0-9_.-]{1,128}}
 * @param title the title for users, or null
 * @param description tells the model what the tool does and when to use it; never empty
 * @param inputSchema the JSON Schema (2020-12) of the arguments, whose root is an object schema
 * @param outputSchema the JSON Schema of the structured result, or null
 * @param hints what a client may assume about the tool
 * @param icons the icons for lists
 * @param tasks whether the tool runs as a task
 * @param executionMode where the handler runs
 * @param timeout the deadline of the tool, or null for that of the server
 * @param cache how results are cached, or null for no caching
 * @param concurrency how many calls run at the same time
 * @param rateLimit the limit on the calls of the tool by each caller, or null for that of the server
 * @param meta the {@code _meta} of the tool
 * @param requirements what the tool requires of its callers
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
        ConcurrencyRule concurrency,
        @Nullable RateLimit rateLimit,
        Json.Obj meta,
        AccessRequirements requirements) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    /** Refuses a definition that clients cannot use. */
    public ToolDefinition {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The name of a tool must be 1 to 128 characters of A-Z a-z 0-9 _ . -, not \"" + name + "\".");
        }
        if (description.isBlank()) {
            throw new IllegalArgumentException(
                    "Tool " + name + " has no description, and models choose tools by it. Add description(...).");
        }
        if (!"object".equals(inputSchema.text("type"))) {
            throw new IllegalArgumentException(
                    "Tool " + name + ": the root of the input schema must have \"type\": \"object\".");
        }
        if (timeout != null) {
            Preconditions.positive(timeout, "Tool " + name, "timeout");
        }
        icons = List.copyOf(icons);
    }

    /**
     * The way in which a tool runs as a task.
     *
     * @param support for which callers the tool runs as a task
     * @param onDemand true if the handler starts the task ({@link Call#startTask}); false if the task starts with the
     *     call
     */
    public record TaskStart(TaskSupport support, boolean onDemand) {
        /** The tool never runs as a task. */
        public static final TaskStart NONE = new TaskStart(TaskSupport.NONE, false);
    }

    /**
     * The way in which results are cached.
     *
     * @param ttl the time for which a result is fresh
     * @param shared true if all principals share results, which then depend on the arguments alone; false if each
     *     principal has its own
     * @param dataSource the data source of the results, for example the identity of a database; empty if there is none.
     *     Results of different data sources are cached separately
     * @param staleWhileRevalidate the time after the TTL in which a stale result is returned while a refresh runs; null
     *     for the server's setting
     * @param staleIfError the time after the TTL in which a stale result is returned if the load fails; null for the
     *     server's setting
     */
    public record CacheRule(
            Duration ttl,
            boolean shared,
            String dataSource,
            @Nullable Duration staleWhileRevalidate,
            @Nullable Duration staleIfError) {
        /** Refuses a TTL that is not positive, and negative times for stale results. */
        public CacheRule {
            if (ttl.isNegative() || ttl.isZero()) {
                throw new IllegalArgumentException("The TTL of cached results must be longer than zero, not " + ttl);
            }
            if (negative(staleWhileRevalidate) || negative(staleIfError)) {
                throw new IllegalArgumentException("staleWhileRevalidate and staleIfError must not be negative.");
            }
        }

        private static boolean negative(@Nullable Duration time) {
            return time != null && time.isNegative();
        }
    }

    /**
     * The limit on concurrent calls.
     *
     * @param max the maximum number of calls that run at the same time, or null for that of the server
     * @param costClass the name of the class of tools with which the tool shares an adaptive limit; null for a class of
     *     its own
     */
    public record ConcurrencyRule(
            @Nullable Integer max, @Nullable String costClass) {
        /** A class of its own, without a maximum. */
        public static final ConcurrencyRule STANDARD = new ConcurrencyRule(null, null);

        /** Refuses a maximum below 1, and a name that could not be the value of a label. */
        public ConcurrencyRule {
            if (max != null && max < 1) {
                throw new IllegalArgumentException(
                        "The maximum number of concurrent calls must be at least 1, not " + max + ".");
            }
            if (costClass != null && !NAME.matcher(costClass).matches()) {
                throw new IllegalArgumentException("The name of a cost class must be 1 to 128 characters of A-Z a-z 0-9"
                        + " _ . -, not \"" + costClass + "\".");
            }
        }
    }

    /**
     * What a client may assume about a tool (MCP {@code ToolAnnotations}); null means the default of MCP.
     *
     * @param readOnly true if the tool changes nothing
     * @param destructive true if the tool may delete or overwrite data
     * @param idempotent true if a second call with the same arguments has no further effect
     * @param openWorld true if the tool reaches outside a closed domain
     */
    public record Hints(
            @Nullable Boolean readOnly,
            @Nullable Boolean destructive,
            @Nullable Boolean idempotent,
            @Nullable Boolean openWorld) {
        /** No hints. */
        public static final Hints NONE = new Hints(null, null, null, null);
    }
}
