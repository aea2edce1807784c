package io.breakwater.server.mcp;

import io.breakwater.core.presentation.codec.RecordSchemas;
import io.breakwater.port.Json;
import io.breakwater.port.RateLimit;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.Tool.CacheInvalidation;
import io.breakwater.server.mcp.ToolDefinition.CacheRule;
import io.breakwater.server.mcp.ToolDefinition.ConcurrencyRule;
import io.breakwater.server.mcp.ToolDefinition.Hints;
import io.breakwater.server.mcp.ToolDefinition.TaskStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members that a builder has collected so far for a tool. The builders of one tool share one draft. */
final class ToolDraft extends DefinitionDraft {
    private static final Json.Obj NO_ARGUMENTS = Json.object()
            .put("type", "object")
            .put("properties", Json.Obj.EMPTY)
            .build();

    private static final Set<Json> STRING_TYPES =
            Set.of(Json.of("string"), Json.array(Json.of("string"), Json.of("null")));

    final String name;
    Class<?> argumentsType = Json.Obj.class;
    Class<?> resultType = ToolResult.class;
    boolean typesAreFinal;
    Json.Obj inputSchema = NO_ARGUMENTS;
    Json.@Nullable Obj outputSchema;

    @Nullable
    Boolean readOnly;

    @Nullable
    Boolean destructive;

    @Nullable
    Boolean idempotent;

    @Nullable
    Boolean openWorld;

    final List<Icon> icons = new ArrayList<>();
    TaskStart tasks = TaskStart.NONE;
    ExecutionMode executionMode = ExecutionMode.VIRTUAL;

    @Nullable
    Duration timeout;

    @Nullable
    Integer maxConcurrency;

    @Nullable
    String costClass;

    @Nullable
    RateLimit rateLimit;

    @Nullable
    Duration cacheFor;

    boolean cacheForAll;
    String dataSource = "";

    @Nullable
    Duration staleWhileRevalidate;

    @Nullable
    Duration staleIfError;

    @Nullable
    Function<?, Set<String>> tags;

    @Nullable
    Function<?, List<ToolCall>> toolCalls;

    @Nullable
    CacheInvalidation<?, ?> invalidation;

    Tool.@Nullable Confirmation<?> confirmation;

    @Nullable
    Idempotency idempotency;

    @Nullable
    String keyArgument;

    @Nullable
    Function<?, String> naturalKey;

    @Nullable
    Function<CacheStatus, ?> decorator;

    @Nullable
    Class<?> decorationType;

    Json.Obj meta = Json.Obj.EMPTY;

    ToolDraft(String name) {
        super("Tool", name, "named");
        this.name = name;
    }

    ToolDefinition definition() {
        checkConfirmation();
        return new ToolDefinition(
                name,
                title,
                description == null ? "" : description,
                inputSchema,
                decoratedOutputSchema(),
                new Hints(readOnly, destructive, idempotent, openWorld),
                icons,
                tasks,
                executionMode,
                timeout,
                cacheRule(),
                new ConcurrencyRule(maxConcurrency, costClass),
                rateLimit,
                meta,
                requirements);
    }

    private void checkConfirmation() {
        if (confirmation != null && Boolean.TRUE.equals(readOnly)) {
            throw new IllegalArgumentException(where() + " is read-only, so there is nothing to confirm: add"
                    + " destructive() or additive(), or remove confirm(...).");
        }
        if (confirmation != null && executionMode == ExecutionMode.CPU) {
            throw new IllegalArgumentException(
                    where() + " waits for a user, and would block the CPU pool meanwhile: use"
                            + " executionMode(ExecutionMode.VIRTUAL), or remove confirm(...).");
        }
    }

    IdempotencyRule idempotencyRule() {
        boolean declared = idempotency != null || keyArgument != null || naturalKey != null;
        if (declared && Boolean.TRUE.equals(readOnly)) {
            throw new IllegalArgumentException(where()
                    + " is read-only, so a repeated call has no effect: remove idempotency(...), idempotencyKey(...)"
                    + " and naturalKey(...).");
        }
        if (keyArgument != null
                && !STRING_TYPES.contains(inputSchema
                        .object("properties")
                        .object(keyArgument)
                        .members()
                        .getOrDefault("type", Json.Null.NULL))) {
            throw new IllegalArgumentException(where() + " has no string argument \"" + keyArgument
                    + "\": idempotencyKey(...) takes the name of one.");
        }
        return new IdempotencyRule(
                idempotency == null ? Idempotency.AT_MOST_ONCE : idempotency, keyArgument, naturalKey);
    }

    private Json.@Nullable Obj decoratedOutputSchema() {
        if (decorationType == null) {
            return outputSchema;
        }
        if (outputSchema == null) {
            throw new IllegalArgumentException(
                    where() + " has a result decorator but no output schema: add output(...), or remove"
                            + " resultDecorator(...).");
        }
        return RecordSchemas.merged(outputSchema, RecordSchemas.result(decorationType));
    }

    private @Nullable CacheRule cacheRule() {
        if (cacheFor == null) {
            if (tags != null || staleWhileRevalidate != null || staleIfError != null || !dataSource.isEmpty()) {
                throw new IllegalArgumentException(where()
                        + " has settings for cached results but no TTL: add cacheFor(...) or cacheForAll(...).");
            }
            return null;
        }
        if (!Boolean.TRUE.equals(readOnly)) {
            throw new IllegalArgumentException(
                    where() + " is cached but not read-only: a cached result would skip its effect. Add"
                            + " readOnly(), or remove cacheFor(...).");
        }
        return new CacheRule(cacheFor, cacheForAll, dataSource, staleWhileRevalidate, staleIfError);
    }
}
