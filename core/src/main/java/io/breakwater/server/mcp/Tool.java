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
 * Schemas come from the records; arguments reach the handler only when they pass. A handler runs on a virtual thread
 * unless told otherwise, so it may block.
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

    private <A, R> Tool(Builder<A, R> draft, Handler<? super A, ? extends R> handler) {
        this.definition = draft.definition();
        this.argumentsType = draft.argumentsType;
        this.resultType = draft.resultType;
        this.handler = handler;
        this.resultDecorator = draft.stamp;
        this.decorationType = draft.stampType;
        this.cacheTags = draft.tags;
        this.cacheInvalidation = draft.touched;
    }

    /**
     * Starts a tool that takes no arguments and gives a {@link ToolResult}, until told otherwise.
     *
     * @param name 1 to 128 of {@code A-Z a-z 0-9 _ . -}
     */
    public static Builder<Json.Obj, ToolResult> named(String name) {
        return new Builder<>(name, Json.Obj.class, ToolResult.class);
    }

    /** What it is. */
    public ToolDefinition definition() {
        return definition;
    }

    /** What the handler takes: a record class, or {@code Json.Obj}. */
    public Class<?> argumentsType() {
        return argumentsType;
    }

    /** What the handler gives: a record class, a sealed interface of such, {@code Json} or {@link ToolResult}. */
    public Class<?> resultType() {
        return resultType;
    }

    /** What it does; takes {@link #argumentsType} and gives {@link #resultType}. */
    public Handler<?, ?> handler() {
        return handler;
    }

    /** The record whose components {@link #resultDecorator} adds, or null. */
    public @Nullable Class<?> decorationType() {
        return decorationType;
    }

    /** What is added to the result after the cache was asked, or null. */
    public @Nullable Function<CacheStatus, ?> resultDecorator() {
        return resultDecorator;
    }

    /** Which tags its kept results carry, by {@link #argumentsType}; null for none. */
    public @Nullable Function<?, Set<String>> cacheTags() {
        return cacheTags;
    }

    /** What a call of it makes untrue, by {@link #argumentsType} and {@link #resultType}; null for nothing. */
    public @Nullable CacheInvalidation<?, ?> cacheInvalidation() {
        return cacheInvalidation;
    }

    /**
     * What a tool that writes makes untrue.
     *
     * @param <A> its arguments
     * @param <R> its result
     */
    @FunctionalInterface
    public interface CacheInvalidation<A, R> {
        /**
         * The tags of the results that are no longer true. Asked after the handler ended and before the caller has the
         * answer.
         *
         * @param result null when nobody knows how the write ended: it failed, or its time was over, and it may still
         *     have been done
         */
        Set<String> tags(A arguments, @Nullable R result);
    }

    /**
     * A tool being described.
     *
     * @param <A> what the handler will take
     * @param <R> what the handler will give
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
        private ExecutionMode lane = ExecutionMode.VIRTUAL;
        private @Nullable Duration timeout;
        private @Nullable Duration cacheFor;
        private boolean cacheForAll;
        private String dataSource = "";
        private @Nullable Duration staleWhileRevalidate;
        private @Nullable Duration staleIfError;
        private @Nullable Function<? super A, Set<String>> tags;
        private @Nullable CacheInvalidation<? super A, ? super R> touched;
        private @Nullable Function<CacheStatus, ?> stamp;
        private @Nullable Class<?> stampType;
        private Json.Obj meta = Json.Obj.EMPTY;

        private Builder(String name, Class<?> argumentsType, Class<?> resultType) {
            this.name = name;
            this.argumentsType = argumentsType;
            this.resultType = resultType;
        }

        /** A name for people. */
        public Builder<A, R> title(String title) {
            this.title = title;
            return this;
        }

        /** What it does and when to use it, for the model. Needed. */
        public Builder<A, R> description(String description) {
            this.description = description;
            return this;
        }

        /** Arguments as a record; the schema is made of its components. */
        public <T extends Record> Builder<T, R> input(Class<T> record) {
            inputSchema = RecordSchemas.arguments(record);
            return retyped(record, resultType);
        }

        /** Arguments as JSON under a schema written by hand. */
        public Builder<Json.Obj, R> input(Json.Obj schema) {
            inputSchema = schema;
            return retyped(Json.Obj.class, resultType);
        }

        /**
         * A result as a record, or as one of the records that a sealed interface permits, told apart by a member
         * {@code type}; the schema is made of their components.
         */
        public <T> Builder<A, T> output(Class<T> type) {
            outputSchema = RecordSchemas.result(type);
            return retyped(argumentsType, type);
        }

        /** A result as JSON that keeps to a schema written by hand. */
        public Builder<A, Json> output(Json.Obj schema) {
            outputSchema = schema;
            return retyped(argumentsType, Json.class);
        }

        /** A whole {@link ToolResult} whose structured content keeps to that schema; null for none. */
        public Builder<A, ToolResult> output(Json.@Nullable Obj schema, Class<ToolResult> whole) {
            outputSchema = schema;
            return retyped(argumentsType, whole);
        }

        /** What a client may assume, as MCP's {@code ToolAnnotations} object; members it does not know are left out. */
        public Builder<A, R> hints(Json.Obj annotations) {
            readOnly = flag(annotations, "readOnlyHint");
            destructive = flag(annotations, "destructiveHint");
            idempotent = flag(annotations, "idempotentHint");
            openWorld = flag(annotations, "openWorldHint");
            return this;
        }

        private static @Nullable Boolean flag(Json.Obj annotations, String name) {
            return annotations.get(name) instanceof Json.Bool bool ? (Boolean) bool.value() : null;
        }

        /** It changes nothing. */
        public Builder<A, R> readOnly() {
            readOnly = true;
            return this;
        }

        /** It may delete or overwrite. */
        public Builder<A, R> destructive() {
            readOnly = false;
            destructive = true;
            return this;
        }

        /** It adds, and never deletes or overwrites. */
        public Builder<A, R> additive() {
            readOnly = false;
            destructive = false;
            return this;
        }

        /** Calling it again with the same arguments changes nothing more. */
        public Builder<A, R> idempotent() {
            idempotent = true;
            return this;
        }

        /** Whether it reaches beyond a closed domain, such as the web. */
        public Builder<A, R> openWorld(boolean open) {
            openWorld = open;
            return this;
        }

        /** A picture for lists. */
        public Builder<A, R> icon(Icon icon) {
            icons.add(icon);
            return this;
        }

        /** It runs as a task, from its first line. */
        public Builder<A, R> asTask(TaskSupport support) {
            tasks = new TaskStart(support, false);
            return this;
        }

        /** It runs as a task from where the handler calls {@link Call#startTask}. */
        public Builder<A, R> asTaskOnDemand(TaskSupport support) {
            tasks = new TaskStart(support, true);
            return this;
        }

        /** Where the handler runs; {@link ExecutionMode#VIRTUAL} when not said. */
        public Builder<A, R> executionMode(ExecutionMode lane) {
            this.lane = lane;
            return this;
        }

        /** Its own deadline instead of the server's. */
        public Builder<A, R> timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** Results are kept for so long, for each principal apart. Only for tools that change nothing. */
        public Builder<A, R> cacheFor(Duration ttl) {
            cacheFor = ttl;
            cacheForAll = false;
            return this;
        }

        /** Results are kept for so long, and shared by all: they depend on nothing but the arguments. */
        public Builder<A, R> cacheForAll(Duration ttl) {
            cacheFor = ttl;
            cacheForAll = true;
            return this;
        }

        /**
         * Kept results carry these tags, made of the arguments; {@link #invalidates} takes them back by them, on every
         * server of the deployment. The same arguments must give the same tags. Say it after {@code input}.
         *
         * <pre>{@code .cacheFor(Duration.ofMinutes(5)).cacheTags(args -> Set.of("order:" + args.number()))}</pre>
         */
        public Builder<A, R> cacheTags(Function<? super A, Set<String>> tags) {
            this.tags = tags;
            return this;
        }

        /** Kept results come from that data source, such as a database: over another one there are others. */
        public Builder<A, R> cacheSource(String dataSource) {
            this.dataSource = dataSource;
            return this;
        }

        /** For so long after its end a kept result is still given, while a newer one is made; zero for never. */
        public Builder<A, R> staleWhileRevalidate(Duration window) {
            staleWhileRevalidate = window;
            return this;
        }

        /** For so long after its end a kept result is given when no newer one can be made; zero for never. */
        public Builder<A, R> staleIfError(Duration window) {
            staleIfError = window;
            return this;
        }

        /**
         * A call makes kept results with these tags untrue, its own tool's or others'. Say it after {@code input} and
         * {@code output}.
         *
         * <pre>{@code .invalidates((args, saved) -> Set.of("order:" + args.number()))}</pre>
         */
        public Builder<A, R> invalidates(CacheInvalidation<? super A, ? super R> touched) {
            this.touched = touched;
            return this;
        }

        /**
         * Members that are added to the result after the cache was asked, so that they are true of this call.
         *
         * @param record whose components are the members
         * @param stamp makes them
         */
        public <S extends Record> Builder<A, R> resultDecorator(Class<S> record, Function<CacheStatus, S> stamp) {
            if (outputSchema == null) {
                throw new IllegalStateException("Tool " + name + ": say output(...) before resultDecorator(...).");
            }
            outputSchema = RecordSchemas.merged(outputSchema, RecordSchemas.result(record));
            this.stamp = stamp;
            this.stampType = record;
            return this;
        }

        /** Its {@code _meta}. */
        public Builder<A, R> meta(Json.Obj meta) {
            this.meta = meta;
            return this;
        }

        /** Finishes it. */
        public Tool handler(Handler<? super A, ? extends R> handler) {
            return new Tool(this, handler);
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
                    lane,
                    timeout,
                    cache,
                    meta);
        }

        private @Nullable CacheRule cache() {
            if (cacheFor == null) {
                if (tags != null || staleWhileRevalidate != null || staleIfError != null || !dataSource.isEmpty()) {
                    throw new IllegalArgumentException(
                            "Tool " + name + " says how results are kept, but not for how long: add cacheFor(...).");
                }
                return null;
            }
            if (!Boolean.TRUE.equals(readOnly)) {
                throw new IllegalArgumentException(
                        "Tool " + name + " is cached but not readOnly(): a kept result would hide its effect.");
            }
            return new CacheRule(cacheFor, cacheForAll, dataSource, staleWhileRevalidate, staleIfError);
        }

        /** The types are for the compiler alone: the draft is the same object. */
        @SuppressWarnings("unchecked")
        private <B, S> Builder<B, S> retyped(Class<?> arguments, Class<?> result) {
            if (tags != null || touched != null) {
                throw new IllegalStateException("Tool " + name
                        + ": say input(...) and output(...) before cacheTags(...) and invalidates(...).");
            }
            argumentsType = arguments;
            resultType = result;
            return (Builder<B, S>) this;
        }
    }
}
