package io.breakwater.server.mcp;

import io.breakwater.core.presentation.codec.RecordSchemas;
import io.breakwater.port.Json;
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
    private final @Nullable Function<?, List<ToolCall>> toolCalls;
    private final @Nullable CacheInvalidation<?, ?> cacheInvalidation;
    private final @Nullable Confirmation<?> confirmation;
    private final IdempotencyRule idempotency;

    Tool(ToolDraft draft, Handler<?, ?> handler) {
        this.definition = draft.definition();
        this.argumentsType = draft.argumentsType;
        this.resultType = draft.resultType;
        this.handler = handler;
        this.resultDecorator = draft.decorator;
        this.decorationType = draft.decorationType;
        this.cacheTags = draft.tags;
        this.toolCalls = draft.toolCalls;
        this.cacheInvalidation = draft.invalidation;
        this.confirmation = draft.confirmation;
        this.idempotency = draft.idempotencyRule();
    }

    /**
     * Returns a builder for a tool that, by default, takes no arguments and returns a {@link ToolResult}.
     *
     * @param name 1 to 128 characters of {@code A-Z a-z 0-9 _ . -}
     */
    public static Builder<Json.Obj, ToolResult> named(String name) {
        return new Builder<>(new ToolDraft(name));
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

    /** Returns the function from {@link #argumentsType} to the calls of other tools that a call makes; null for none. */
    public @Nullable Function<?, List<ToolCall>> toolCalls() {
        return toolCalls;
    }

    /**
     * Returns the function from {@link #argumentsType} and {@link #resultType} to the cache tags that a call
     * invalidates; null for none.
     */
    public @Nullable CacheInvalidation<?, ?> cacheInvalidation() {
        return cacheInvalidation;
    }

    /** Returns the function from {@link #argumentsType} to the message that a user must confirm; null for none. */
    public @Nullable Confirmation<?> confirmation() {
        return confirmation;
    }

    /**
     * Determines what a user must confirm before a call.
     *
     * @param <A> the type of the arguments
     */
    @FunctionalInterface
    public interface Confirmation<A> {
        /**
         * Returns the message for a call with these arguments, which are valid. It may read data, for example the name of
         * the object that the call deletes, and it may block. It runs more than once for a call, and must return an equal
         * message as long as the data has not changed: if the message changes while the user decides, the call ends with
         * {@code CONFLICT}. An exception has the same meaning as in the handler.
         *
         * @return the message; null if a call with these arguments needs no confirmation
         */
        @Nullable
        ConfirmationMessage message(A arguments, Call call) throws Exception;
    }

    /** Returns how the tool treats repeated calls. */
    public IdempotencyRule idempotency() {
        return idempotency;
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
     * Builds a tool, and declares the types of its arguments and of its result. The methods that depend on these types,
     * {@code cacheTags}, {@code invalidates}, {@code callsTools}, {@code naturalKey} and {@code confirm}, return a {@link
     * TypedBuilder}, so {@code input} and {@code output} come before them.
     *
     * @param <A> the type of the handler's arguments
     * @param <R> the type of the handler's result
     */
    public static final class Builder<A, R> extends AbstractToolBuilder<A, R, Builder<A, R>> {
        private Builder(ToolDraft draft) {
            super(draft);
        }

        /** Declares the arguments as a record, from whose components the schema is derived. */
        public <T extends Record> Builder<T, R> input(Class<T> record) {
            return declareInput(RecordSchemas.arguments(notNull(record, "input")), record);
        }

        /** Declares the arguments as JSON with a schema of your own. */
        public Builder<Json.Obj, R> input(Json.Obj schema) {
            return declareInput(notNull(schema, "input"), Json.Obj.class);
        }

        /**
         * Declares the result as a record, or as one of the records that a sealed interface permits, which a member
         * {@code type} distinguishes. The schema is derived from their components.
         */
        public <T> Builder<A, T> output(Class<T> type) {
            return declareOutput(RecordSchemas.result(notNull(type, "output")), type);
        }

        /** Declares the result as JSON that matches a schema of your own. */
        public Builder<A, Json> output(Json.Obj schema) {
            return declareOutput(notNull(schema, "output"), Json.class);
        }

        /**
         * Declares the result as a {@link ToolResult} whose structured content matches a schema of your own.
         *
         * @param schema the schema of the structured content, or null if there is none
         */
        public Builder<A, ToolResult> output(Json.@Nullable Obj schema, Class<ToolResult> whole) {
            return declareOutput(schema, whole);
        }

        private <T> Builder<T, R> declareInput(Json.Obj schema, Class<T> type) {
            requireOpenTypes("input");
            draft.inputSchema = schema;
            draft.argumentsType = type;
            return new Builder<>(draft);
        }

        private <T> Builder<A, T> declareOutput(Json.@Nullable Obj schema, Class<T> type) {
            requireOpenTypes("output");
            draft.outputSchema = schema;
            draft.resultType = type;
            return new Builder<>(draft);
        }

        /** Refuses the wrong order where a variable hides it from the compiler. */
        private void requireOpenTypes(String method) {
            requireCurrentTypes(method);
            if (draft.typesAreFinal) {
                throw new IllegalStateException(draft.where()
                        + ": call input(...) and output(...) before cacheTags(...), invalidates(...),"
                        + " callsTools(...), naturalKey(...) and confirm(...).");
            }
        }
    }

    /**
     * Builds a tool whose types are final: the builder after {@code cacheTags}, {@code invalidates}, {@code
     * callsTools}, {@code naturalKey} or {@code confirm}. It has neither {@code input} nor {@code output}, which come before
     * these methods.
     *
     * @param <A> the type of the handler's arguments
     * @param <R> the type of the handler's result
     */
    public static final class TypedBuilder<A, R> extends AbstractToolBuilder<A, R, TypedBuilder<A, R>> {
        TypedBuilder(ToolDraft draft) {
            super(draft);
        }
    }
}
