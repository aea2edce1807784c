package io.breakwater.server.mcp;

import io.breakwater.core.presentation.codec.RecordSchemas;
import io.breakwater.port.Json;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.ToolDefinition.CacheRule;
import io.breakwater.server.mcp.ToolDefinition.Hints;
import io.breakwater.server.mcp.ToolDefinition.TaskStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something a model can call: a {@link ToolDefinition} and a {@link Handler}.
 *
 * <pre>{@code
 * Tool.named("find_order")
 *     .description("Finds one order by its number.")
 *     .input(FindOrder.class).output(Order.class)
 *     .readOnly()
 *     .handler((args, call) -> orders.find(args.number()));
 * }</pre>
 *
 * The server derives the schemas from the records, and calls the handler only with arguments that match. By default, a
 * handler runs on a virtual thread, so it may block.
 */
public final class Tool {
    private final ToolDefinition definition;
    private final Class<?> argumentsType;
    private final Class<?> resultType;
    private final Handler<?, ?> handler;
    private final @Nullable Function<CacheStatus, ?> resultDecorator;
    private final @Nullable Class<?> decorationType;
    private final @Nullable Function<?, Set<String>> cacheTags;
    private final @Nullable CacheInvalidation<?, ?> cacheInvalidation;

    private <A, R> Tool(Builder<A, R> builder, Handler<? super A, ? extends R> handler) {
        this.definition = builder.definition();
        this.argumentsType = builder.argumentsType;
        this.resultType = builder.resultType;
        this.handler = handler;
        this.resultDecorator = builder.decorator;
        this.decorationType = builder.decorationType;
        this.cacheTags = builder.tags;
        this.cacheInvalidation = builder.invalidation;
    }

    /**
     * Returns a builder for a tool that, by default, takes no arguments and returns a {@link ToolResult}.
     *
     * @param name 1 to 128 characters of {@code A-Z a-z 0-9 _ . -}
     */
    public static Builder<Json.Obj, ToolResult> named(String name) {
        return new Builder<>(name, Json.Obj.class, ToolResult.class);
    }

    /** Returns the definition. */
    public ToolDefinition definition() {
        return definition;
    }

    /** Returns the type of the handler's arguments: a record class, or {@code Json.Obj}. */
    public Class<?> argumentsType() {
        return argumentsType;
    }

    /**
     * Returns the type of the handler's result: a record class, a sealed interface of records, {@code Json} or {@link
     * ToolResult}.
     */
    public Class<?> resultType() {
        return resultType;
    }

    /** Returns the handler, from {@link #argumentsType} to {@link #resultType}. */
    public Handler<?, ?> handler() {
        return handler;
    }

    /** Returns the record whose components {@link #resultDecorator} adds, or null. */
    public @Nullable Class<?> decorationType() {
        return decorationType;
    }

    /** Returns the function for the members that are added to a result after the cache lookup, or null. */
    public @Nullable Function<CacheStatus, ?> resultDecorator() {
        return resultDecorator;
    }

    /** Returns the function from {@link #argumentsType} to the cache tags of a result; null for no tags. */
    public @Nullable Function<?, Set<String>> cacheTags() {
        return cacheTags;
    }

    /**
     * Returns the function from {@link #argumentsType} and {@link #resultType} to the cache tags that a call
     * invalidates; null for none.
     */
    public @Nullable CacheInvalidation<?, ?> cacheInvalidation() {
        return cacheInvalidation;
    }

    /**
     * Determines which cached results a tool that writes invalidates.
     *
     * @param <A> the type of the arguments
     * @param <R> the type of the result
     */
    @FunctionalInterface
    public interface CacheInvalidation<A, R> {
        /**
         * Returns the tags of the results to invalidate. The server calls it after the handler has ended and before the
         * caller receives the response.
         *
         * @param result the result of the call; null if the outcome of the write is unknown, because the call failed or
         *     its deadline passed
         */
        Set<String> tags(A arguments, @Nullable R result);
    }

    /**
     * Builds a tool.
     *
     * @param <A> the type of the handler's arguments
     * @param <R> the type of the handler's result
     */
    public static final class Builder<A, R> {
        private static final Json.Obj NO_ARGUMENTS = Json.object()
                .put("type", "object")
                .put("properties", Json.Obj.EMPTY)
                .build();

        private final String name;
        private Class<?> argumentsType;
        private Class<?> resultType;
        private Json.Obj inputSchema = NO_ARGUMENTS;
        private Json.@Nullable Obj outputSchema;
        private @Nullable String title;
        private String description = "";
        private @Nullable Boolean readOnly;
        private @Nullable Boolean destructive;
        private @Nullable Boolean idempotent;
        private @Nullable Boolean openWorld;
        private final List<Icon> icons = new ArrayList<>();
        private TaskStart tasks = TaskStart.NONE;
        private ExecutionMode executionMode = ExecutionMode.VIRTUAL;
        private @Nullable Duration timeout;
        private @Nullable Duration cacheFor;
        private boolean cacheForAll;
        private String dataSource = "";
        private @Nullable Duration staleWhileRevalidate;
        private @Nullable Duration staleIfError;
        private @Nullable Function<? super A, Set<String>> tags;
        private @Nullable CacheInvalidation<? super A, ? super R> invalidation;
        private @Nullable Function<CacheStatus, ?> decorator;
        private @Nullable Class<?> decorationType;
        private Json.Obj meta = Json.Obj.EMPTY;

        private Builder(String name, Class<?> argumentsType, Class<?> resultType) {
            this.name = Preconditions.notNull(name, "Tool", "named");
            this.argumentsType = argumentsType;
            this.resultType = resultType;
        }

        /** Sets the title that is shown to users. */
        public Builder<A, R> title(String title) {
            Preconditions.notNull(title, where(), "title");
            this.title = title;
            return this;
        }

        /** Sets the description, which tells a model what the tool does and when to use it. It is required. */
        public Builder<A, R> description(String description) {
            Preconditions.notNull(description, where(), "description");
            this.description = description;
            return this;
        }

        /** Declares the arguments as a record, from whose components the schema is derived. */
        public <T extends Record> Builder<T, R> input(Class<T> record) {
            Preconditions.notNull(record, where(), "input");
            inputSchema = RecordSchemas.arguments(record);
            return withTypes(record, resultType);
        }

        /** Declares the arguments as JSON with a schema of your own. */
        public Builder<Json.Obj, R> input(Json.Obj schema) {
            Preconditions.notNull(schema, where(), "input");
            inputSchema = schema;
            return withTypes(Json.Obj.class, resultType);
        }

        /**
         * Declares the result as a record, or as one of the records that a sealed interface permits, which a member
         * {@code type} distinguishes. The schema is derived from their components.
         */
        public <T> Builder<A, T> output(Class<T> type) {
            Preconditions.notNull(type, where(), "output");
            outputSchema = RecordSchemas.result(type);
            return withTypes(argumentsType, type);
        }

        /** Declares the result as JSON that matches a schema of your own. */
        public Builder<A, Json> output(Json.Obj schema) {
            Preconditions.notNull(schema, where(), "output");
            outputSchema = schema;
            return withTypes(argumentsType, Json.class);
        }

        /**
         * Declares the result as a {@link ToolResult} whose structured content matches a schema of your own.
         *
         * @param schema the schema of the structured content, or null if there is none
         */
        public Builder<A, ToolResult> output(Json.@Nullable Obj schema, Class<ToolResult> whole) {
            outputSchema = schema;
            return withTypes(argumentsType, whole);
        }

        /** Sets the hints for clients from an MCP {@code ToolAnnotations} object; unknown members are ignored. */
        public Builder<A, R> hints(Json.Obj annotations) {
            Preconditions.notNull(annotations, where(), "hints");
            readOnly = flag(annotations, "readOnlyHint");
            destructive = flag(annotations, "destructiveHint");
            idempotent = flag(annotations, "idempotentHint");
            openWorld = flag(annotations, "openWorldHint");
            return this;
        }

        private static @Nullable Boolean flag(Json.Obj annotations, String name) {
            return annotations.get(name) instanceof Json.Bool bool ? (Boolean) bool.value() : null;
        }

        /** Declares that the tool changes nothing. */
        public Builder<A, R> readOnly() {
            readOnly = true;
            return this;
        }

        /** Declares that the tool may delete or overwrite data. */
        public Builder<A, R> destructive() {
            readOnly = false;
            destructive = true;
            return this;
        }

        /** Declares that the tool adds data, and never deletes or overwrites data. */
        public Builder<A, R> additive() {
            readOnly = false;
            destructive = false;
            return this;
        }

        /** Declares that a second call with the same arguments has no further effect. */
        public Builder<A, R> idempotent() {
            idempotent = true;
            return this;
        }

        /** Declares whether the tool reaches outside a closed domain, for example to the web. */
        public Builder<A, R> openWorld(boolean open) {
            openWorld = open;
            return this;
        }

        /** Adds an icon for lists. */
        public Builder<A, R> icon(Icon icon) {
            Preconditions.notNull(icon, where(), "icon");
            icons.add(icon);
            return this;
        }

        /** Runs the handler as a task from its start. */
        public Builder<A, R> asTask(TaskSupport support) {
            Preconditions.notNull(support, where(), "asTask");
            tasks = new TaskStart(support, false);
            return this;
        }

        /** Runs the handler as a task from the point at which it calls {@link Call#startTask}. */
        public Builder<A, R> asTaskOnDemand(TaskSupport support) {
            Preconditions.notNull(support, where(), "asTaskOnDemand");
            tasks = new TaskStart(support, true);
            return this;
        }

        /** Sets where the handler runs; the default is {@link ExecutionMode#VIRTUAL}. */
        public Builder<A, R> executionMode(ExecutionMode executionMode) {
            Preconditions.notNull(executionMode, where(), "executionMode");
            this.executionMode = executionMode;
            return this;
        }

        /** Sets the deadline of the tool, which replaces that of the server. */
        public Builder<A, R> timeout(Duration timeout) {
            Preconditions.positive(timeout, where(), "timeout");
            this.timeout = timeout;
            return this;
        }

        /** Caches results for this time, separately for each principal. The tool must be {@link #readOnly}. */
        public Builder<A, R> cacheFor(Duration ttl) {
            Preconditions.positive(ttl, where(), "cacheFor");
            cacheFor = ttl;
            cacheForAll = false;
            return this;
        }

        /**
         * Caches results for this time, and shares them between all principals, because they depend on the arguments
         * alone.
         */
        public Builder<A, R> cacheForAll(Duration ttl) {
            Preconditions.positive(ttl, where(), "cacheForAll");
            cacheFor = ttl;
            cacheForAll = true;
            return this;
        }

        /**
         * Sets the function from the arguments to the cache tags of a result. A call of a tool with {@link
         * #invalidates} invalidates the results with its tags on every server of the deployment. The same arguments
         * must have the same tags. Call it after {@code input}.
         *
         * <pre>{@code .cacheFor(Duration.ofMinutes(5)).cacheTags(args -> Set.of("order:" + args.number()))}</pre>
         */
        public Builder<A, R> cacheTags(Function<? super A, Set<String>> tags) {
            Preconditions.notNull(tags, where(), "cacheTags");
            this.tags = tags;
            return this;
        }

        /**
         * Sets the data source of the results, for example the identity of a database. Results of different data
         * sources are cached separately.
         */
        public Builder<A, R> cacheSource(String dataSource) {
            Preconditions.notNull(dataSource, where(), "cacheSource");
            this.dataSource = dataSource;
            return this;
        }

        /** Sets the time after the TTL in which a stale result is returned while a refresh runs; zero for never. */
        public Builder<A, R> staleWhileRevalidate(Duration window) {
            Preconditions.notNegative(window, where(), "staleWhileRevalidate");
            staleWhileRevalidate = window;
            return this;
        }

        /** Sets the time after the TTL in which a stale result is returned if the load fails; zero for never. */
        public Builder<A, R> staleIfError(Duration window) {
            Preconditions.notNegative(window, where(), "staleIfError");
            staleIfError = window;
            return this;
        }

        /**
         * Sets the cache tags that a call invalidates, for results of this tool and of others. Call it after {@code
         * input} and {@code output}.
         *
         * <pre>{@code .invalidates((args, saved) -> Set.of("order:" + args.number()))}</pre>
         */
        public Builder<A, R> invalidates(CacheInvalidation<? super A, ? super R> invalidation) {
            Preconditions.notNull(invalidation, where(), "invalidates");
            this.invalidation = invalidation;
            return this;
        }

        /**
         * Adds members to each result after the cache lookup, for values that belong to this call alone.
         *
         * @param record the record class whose components are the members
         * @param decorator the function from the cache status of the call to the members
         */
        public <S extends Record> Builder<A, R> resultDecorator(Class<S> record, Function<CacheStatus, S> decorator) {
            Preconditions.notNull(decorator, where(), "resultDecorator");
            if (outputSchema == null) {
                throw new IllegalStateException("Tool " + name + ": call output(...) before resultDecorator(...).");
            }
            outputSchema = RecordSchemas.merged(outputSchema, RecordSchemas.result(record));
            this.decorator = decorator;
            this.decorationType = record;
            return this;
        }

        /** Sets the {@code _meta} of the tool. */
        public Builder<A, R> meta(Json.Obj meta) {
            Preconditions.notNull(meta, where(), "meta");
            this.meta = meta;
            return this;
        }

        /** Builds the tool with this handler. */
        public Tool handler(Handler<? super A, ? extends R> handler) {
            Preconditions.notNull(handler, where(), "handler");
            return new Tool(this, handler);
        }

        private String where() {
            return "Tool " + name;
        }

        private ToolDefinition definition() {
            var cache = cache();
            var hints = new Hints(readOnly, destructive, idempotent, openWorld);
            return new ToolDefinition(
                    name,
                    title,
                    description,
                    inputSchema,
                    outputSchema,
                    hints,
                    icons,
                    tasks,
                    executionMode,
                    timeout,
                    cache,
                    meta);
        }

        private @Nullable CacheRule cache() {
            if (cacheFor == null) {
                if (tags != null || staleWhileRevalidate != null || staleIfError != null || !dataSource.isEmpty()) {
                    throw new IllegalArgumentException(
                            "Tool " + name + " has settings for cached results but no TTL: add cacheFor(...) or"
                                    + " cacheForAll(...).");
                }
                return null;
            }
            if (!Boolean.TRUE.equals(readOnly)) {
                throw new IllegalArgumentException(
                        "Tool " + name + " is cached but not read-only: a cached result would skip its effect. Add"
                                + " readOnly(), or remove cacheFor(...).");
            }
            return new CacheRule(cacheFor, cacheForAll, dataSource, staleWhileRevalidate, staleIfError);
        }

        /** Changes only the type parameters, which the compiler checks; the builder is the same object. */
        @SuppressWarnings("unchecked")
        private <B, S> Builder<B, S> withTypes(Class<?> arguments, Class<?> result) {
            if (tags != null || invalidation != null) {
                throw new IllegalStateException("Tool " + name
                        + ": call input(...) and output(...) before cacheTags(...) and invalidates(...).");
            }
            argumentsType = arguments;
            resultType = result;
            return (Builder<B, S>) this;
        }
    }
}
