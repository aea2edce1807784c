package io.breakwater.server.mcp;

import io.breakwater.core.presentation.codec.RecordSchemas;
import io.breakwater.port.Json;
import io.breakwater.port.RateLimit;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.Tool.CacheInvalidation;
import io.breakwater.server.mcp.ToolDefinition.TaskStart;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The methods of both builders of a tool. It is not public: callers see the methods in {@link Tool.Builder} and {@link
 * Tool.TypedBuilder}.
 *
 * @param <A> the type of the handler's arguments
 * @param <R> the type of the handler's result
 * @param <S> the builder itself, so that calls can be chained
 */
abstract class AbstractToolBuilder<A, R, S> extends DefinitionBuilder<S> {
    final ToolDraft draft;
    private final Class<?> argumentsType;
    private final Class<?> resultType;

    AbstractToolBuilder(ToolDraft draft) {
        super(draft);
        this.draft = draft;
        this.argumentsType = draft.argumentsType;
        this.resultType = draft.resultType;
    }

    /** Refuses a builder whose types are no longer those of the tool, because a variable still holds it. */
    final void requireCurrentTypes(String method) {
        if (argumentsType != draft.argumentsType || resultType != draft.resultType) {
            throw new IllegalStateException(draft.where() + ": " + method
                    + "(...) is called on a builder from before input(...) or output(...). Call it on the builder that"
                    + " they return.");
        }
    }

    /**
     * Sets the hints for clients from an MCP {@code ToolAnnotations} object. Hints that the object does not have stay
     * as they are; other members are ignored.
     */
    public S hints(Json.Obj annotations) {
        notNull(annotations, "hints");
        draft.readOnly = flag(annotations, "readOnlyHint", draft.readOnly);
        draft.destructive = flag(annotations, "destructiveHint", draft.destructive);
        draft.idempotent = flag(annotations, "idempotentHint", draft.idempotent);
        draft.openWorld = flag(annotations, "openWorldHint", draft.openWorld);
        return self();
    }

    private static @Nullable Boolean flag(Json.Obj annotations, String name, @Nullable Boolean otherwise) {
        return annotations.get(name) instanceof Json.Bool bool ? (Boolean) bool.value() : otherwise;
    }

    /** Declares that the tool changes nothing. */
    public S readOnly() {
        draft.readOnly = true;
        draft.destructive = null;
        return self();
    }

    /** Declares that the tool may delete or overwrite data. */
    public S destructive() {
        draft.readOnly = false;
        draft.destructive = true;
        return self();
    }

    /** Declares that the tool adds data, and never deletes or overwrites data. */
    public S additive() {
        draft.readOnly = false;
        draft.destructive = false;
        return self();
    }

    /** Declares that a second call with the same arguments has no further effect. */
    public S idempotent() {
        draft.idempotent = true;
        return self();
    }

    /** Declares whether the tool reaches outside a closed domain, for example to the web. */
    public S openWorld(boolean open) {
        draft.openWorld = open;
        return self();
    }

    /** Adds an icon for lists. */
    public S icon(Icon icon) {
        draft.icons.add(notNull(icon, "icon"));
        return self();
    }

    /** Runs the handler as a task from its start. */
    public S asTask(TaskSupport support) {
        draft.tasks = new TaskStart(notNull(support, "asTask"), false);
        return self();
    }

    /** Runs the handler as a task from the point at which it calls {@link Call#startTask}. */
    public S asTaskOnDemand(TaskSupport support) {
        draft.tasks = new TaskStart(notNull(support, "asTaskOnDemand"), true);
        return self();
    }

    /** Sets where the handler runs; the default is {@link ExecutionMode#VIRTUAL}. */
    public S executionMode(ExecutionMode executionMode) {
        draft.executionMode = notNull(executionMode, "executionMode");
        return self();
    }

    /** Sets the deadline of the tool, which replaces that of the server; the maximum is 365 days. */
    public S timeout(Duration timeout) {
        draft.timeout = Preconditions.positive(timeout, draft.where(), "timeout");
        return self();
    }

    /**
     * Sets the maximum number of calls of the tool that run at the same time. Further calls wait for a short time, and
     * are then refused. If the tool shares a {@link #costClass}, the smallest maximum of its tools applies to all of
     * them together.
     */
    public S maxConcurrency(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException(
                    draft.where() + ": maxConcurrency must be at least 1, not " + calls + ".");
        }
        draft.maxConcurrency = calls;
        return self();
    }

    /**
     * Lets the tool share one adaptive concurrency limit with all tools that name the same class, because they use the
     * same resource, such as a database. By default, a tool has a class of its own.
     *
     * @param name 1 to 128 characters of {@code A-Z a-z 0-9 _ . -}
     */
    public S costClass(String name) {
        draft.costClass = notNull(name, "costClass");
        return self();
    }

    /**
     * Limits the calls of the tool by each caller, in place of the server's limit; settings for the tool take precedence.
     * A cached result counts as a call too.
     */
    public S rateLimit(RateLimit limit) {
        draft.rateLimit = notNull(limit, "rateLimit");
        return self();
    }

    /** Caches results for this time, separately for each principal. The tool must be {@link #readOnly}. */
    public S cacheFor(Duration ttl) {
        draft.cacheFor = Preconditions.positive(ttl, draft.where(), "cacheFor");
        draft.cacheForAll = false;
        return self();
    }

    /**
     * Caches results for this time, and shares them between all principals, because they depend on the arguments alone.
     */
    public S cacheForAll(Duration ttl) {
        draft.cacheFor = Preconditions.positive(ttl, draft.where(), "cacheForAll");
        draft.cacheForAll = true;
        return self();
    }

    /**
     * Sets the data source of the results, for example the identity of a database. Results of different data sources
     * are cached separately.
     */
    public S cacheSource(String dataSource) {
        draft.dataSource = notNull(dataSource, "cacheSource");
        return self();
    }

    /** Sets the time after the TTL in which a stale result is returned while a refresh runs; zero for never. */
    public S staleWhileRevalidate(Duration window) {
        draft.staleWhileRevalidate = Preconditions.notNegative(window, draft.where(), "staleWhileRevalidate");
        return self();
    }

    /** Sets the time after the TTL in which a stale result is returned if the load fails; zero for never. */
    public S staleIfError(Duration window) {
        draft.staleIfError = Preconditions.notNegative(window, draft.where(), "staleIfError");
        return self();
    }

    /**
     * Adds members to each structured result after the cache lookup, for values that belong to this call alone. The
     * tool must have an output schema.
     *
     * @param record the record class whose components are the members
     * @param decorator the function from the cache status of the call to the members
     */
    public <D extends Record> S resultDecorator(Class<D> record, Function<CacheStatus, D> decorator) {
        RecordSchemas.result(notNull(record, "resultDecorator")); // refuses a record without a schema at once
        draft.decorator = notNull(decorator, "resultDecorator");
        draft.decorationType = record;
        return self();
    }

    /** Sets the {@code _meta} of the tool. */
    public S meta(Json.Obj meta) {
        draft.meta = notNull(meta, "meta");
        return self();
    }

    /**
     * Sets the function from the arguments to the cache tags of a result. A call of a tool with {@link #invalidates}
     * invalidates the results with its tags on every server of the deployment. The same arguments must have the same
     * tags. {@code input} and {@code output} come before it.
     *
     * <pre>{@code .cacheFor(Duration.ofMinutes(5)).cacheTags(args -> Set.of("order:" + args.number()))}</pre>
     */
    public Tool.TypedBuilder<A, R> cacheTags(Function<? super A, Set<String>> tags) {
        draft.tags = notNull(tags, "cacheTags");
        return typed("cacheTags");
    }

    /**
     * Sets the cache tags that a call invalidates, for results of this tool and of others. {@code input} and {@code
     * output} come before it.
     *
     * <pre>{@code .invalidates((args, saved) -> Set.of("order:" + args.number()))}</pre>
     */
    public Tool.TypedBuilder<A, R> invalidates(CacheInvalidation<? super A, ? super R> invalidation) {
        draft.invalidation = notNull(invalidation, "invalidates");
        return typed("invalidates");
    }

    /**
     * Declares the calls of other tools that a call of this tool makes, such as the items of a batch. A caller may use
     * this tool with arguments only if it may make all these calls; the scopes are those of all of them. The access is
     * decided before the handler runs. The handler does the work itself: the server makes none of these calls. {@code
     * input} and {@code output} come before it.
     *
     * <pre>{@code .callsTools(batch -> batch.orders().stream().map(order -> new ToolCall("save_order", order)).toList())}</pre>
     *
     * @param calls the function from the arguments, which are valid, to the calls; it must not block
     */
    public Tool.TypedBuilder<A, R> callsTools(Function<? super A, List<ToolCall>> calls) {
        draft.toolCalls = notNull(calls, "callsTools");
        return typed("callsTools");
    }

    /**
     * Requires that a user confirms each call, after its arguments were validated and before the handler runs. The client
     * shows the message in a form with a check box; if the user does not agree, the call ends with {@link
     * ErrorCode#DECLINED}. A confirmation counts for one call of this principal with these arguments, and for no second
     * one; the attempts of a call with an idempotency key count as one. A setting of the server determines what happens if
     * the client cannot show forms. {@code input} and {@code output} come before it.
     *
     * <pre>{@code .confirm((order, call) -> ConfirmationMessage.of("Delete the order {} for good?", order.number()))}</pre>
     */
    public Tool.TypedBuilder<A, R> confirm(Tool.Confirmation<? super A> confirmation) {
        draft.confirmation = notNull(confirmation, "confirm");
        return typed("confirm");
    }

    /** Sets what an idempotency key guarantees; the default is {@link Idempotency#AT_MOST_ONCE}. */
    public S idempotency(Idempotency guarantee) {
        draft.idempotency = notNull(guarantee, "idempotency");
        return self();
    }

    /**
     * Marks a string argument as the caller's idempotency key, for models, which cannot set {@code _meta}. A caller that
     * omits it and sends no key in {@code _meta} makes a call without a key.
     *
     * @param argument the name of the argument in the schema
     */
    public S idempotencyKey(String argument) {
        draft.keyArgument = notNull(argument, "idempotencyKey");
        return self();
    }

    /**
     * Sets the function from the arguments to the idempotency key of a call whose caller sends none: calls with equal
     * keys are repetitions of the same call. {@code input} and {@code output} come before it.
     *
     * <pre>{@code .naturalKey(order -> order.number())}</pre>
     *
     * @param key the function from the arguments, which are valid, to a text that is not empty; it must not block
     */
    public Tool.TypedBuilder<A, R> naturalKey(Function<? super A, String> key) {
        draft.naturalKey = notNull(key, "naturalKey");
        return typed("naturalKey");
    }

    private Tool.TypedBuilder<A, R> typed(String method) {
        requireCurrentTypes(method);
        draft.typesAreFinal = true;
        return new Tool.TypedBuilder<>(draft);
    }

    /** Builds the tool with this handler. */
    public Tool handler(Handler<? super A, ? extends R> handler) {
        notNull(handler, "handler");
        requireCurrentTypes("handler");
        return new Tool(draft, handler);
    }
}
