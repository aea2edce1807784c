package io.breakwater.core.presentation.catalog;

import io.breakwater.core.business.cache.ResultSource;
import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.validation.HeaderParams;
import io.breakwater.core.validation.ValueSchema;
import io.breakwater.core.validation.Violation;
import io.breakwater.port.Json;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ConfirmationMessage;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.IdempotencyRule;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolCall;
import io.breakwater.server.mcp.ToolDefinition;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A registered tool, with compiled schemas and codecs. A tool that clients cannot use is refused, with a message that
 * names the tool.
 */
public final class ToolEntry {
    private final ToolDefinition definition;
    private final ValueSchema input;
    private final HeaderParams headers;
    private final ToolInvoker<?, ?> invoker;
    private final @Nullable ValueSchema output;
    private final @Nullable ResultDecorator<?> decorator;
    private final boolean invalidatesCache;
    private final boolean callsTools;
    private final boolean asksForConfirmation;
    private final IdempotencyRule idempotency;
    // created on demand; two threads that create it at the same time create equal ones
    private volatile @Nullable SourceOfEpoch source;

    private ToolEntry(Tool tool) {
        this.definition = tool.definition();
        this.input = ValueSchema.compile(definition.inputSchema());
        this.headers = HeaderParams.of(definition.inputSchema());
        this.invoker = ToolInvoker.of(tool);
        this.output = output(tool);
        this.decorator = ResultDecorator.of(tool);
        this.invalidatesCache = tool.cacheInvalidation() != null;
        this.callsTools = tool.toolCalls() != null;
        this.asksForConfirmation = tool.confirmation() != null;
        this.idempotency = tool.idempotency();
    }

    static ToolEntry of(Tool tool) {
        try {
            return new ToolEntry(tool);
        } catch (InvalidSchemaException e) {
            throw new IllegalArgumentException("Tool " + tool.definition().name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the schema to check results against. Results of records match the schema that is derived from them, so
     * only a handwritten schema is checked.
     */
    private static @Nullable ValueSchema output(Tool tool) {
        var schema = tool.definition().outputSchema();
        boolean isDerived = tool.handler() instanceof ParsedArgumentsHandler
                || (tool.resultType() != Json.class && tool.resultType() != ToolResult.class);
        return schema == null || isDerived ? null : ValueSchema.compile(schema);
    }

    /** Returns the name. */
    public String name() {
        return definition.name();
    }

    /** Returns the definition. */
    public ToolDefinition definition() {
        return definition;
    }

    /**
     * Returns the source of the results for the cache keys.
     *
     * @param epoch the epoch of the access rules
     * @param server determines the source once for each epoch
     */
    public ResultSource source(long epoch, BiFunction<ToolEntry, Long, ResultSource> server) {
        var current = source;
        if (current == null || current.epoch != epoch) {
            current = new SourceOfEpoch(epoch, server.apply(this, epoch));
            source = current;
        }
        return current.source;
    }

    private record SourceOfEpoch(long epoch, ResultSource source) {}

    /** Returns a digest of the definition. */
    public String digest() {
        return ResultSource.digest(DefinitionWriter.tool(definition, false));
    }

    /** Returns true if a call of the tool invalidates cached results. */
    public boolean invalidatesCache() {
        return invalidatesCache;
    }

    /** Returns true if a user may have to confirm a call of the tool. */
    public boolean asksForConfirmation() {
        return asksForConfirmation;
    }

    /** Returns the message that a user must confirm; null if a call with these valid arguments needs no confirmation. */
    public @Nullable ConfirmationMessage confirmationMessage(ParsedJson arguments, Call call) throws Exception {
        return invoker.confirmationMessage(arguments, call);
    }

    /** Returns the cache tags of the result for these arguments, which must be valid. */
    public Set<String> tags(ParsedJson arguments) {
        return invoker.tags(arguments);
    }

    /** Returns how the tool treats repeated calls. */
    public IdempotencyRule idempotency() {
        return idempotency;
    }

    /** Returns the natural key of a call with these arguments, which must be valid; null if the tool has none. */
    public @Nullable String naturalKey(ParsedJson arguments) {
        return invoker.naturalKey(arguments);
    }

    /** Returns all violations in these arguments as text; null if the arguments are valid. */
    public @Nullable String check(ParsedJson arguments) {
        var violations = input.check(arguments.tree());
        return violations.isEmpty() ? null : describe(violations);
    }

    /** Returns true if a call of the tool may make calls of other tools. */
    boolean callsTools() {
        return callsTools;
    }

    /** Returns the calls of other tools that a call with these arguments makes; none if they are invalid. */
    List<ToolCall> calls(ParsedJson arguments) {
        return callsTools && check(arguments) == null ? invoker.calls(arguments) : List.of();
    }

    /** Returns the forms of these arguments for access decisions; the first is that which the handler receives. */
    List<Json.Obj> argumentForms(ParsedJson sent) {
        var asSent = (Json.Obj) sent.json();
        if (check(sent) != null) {
            return List.of(asSent); // the call fails, and its handler receives nothing
        }
        var received = invoker.received(sent);
        return received == sent
                ? ArgumentForms.unconverted(asSent, definition.inputSchema())
                : ArgumentForms.converted(asSent, (Json.Obj) received.json());
    }

    /**
     * Returns the difference between the header fields and the arguments that they repeat (SEP-2243); null if there is
     * none.
     */
    public @Nullable String headerMismatch(HeaderFields fields, ParsedJson arguments) {
        return headers.mismatch(fields, arguments.tree());
    }

    /**
     * Returns if the caller may make this call, as far as only the handler can decide that.
     *
     * @throws ToolException if the access rules deny it
     */
    public void checkAccess(ParsedJson arguments, Call call) {
        invoker.checkAccess(arguments, call);
    }

    /** Calls the handler with arguments that are valid, after {@link #checkAccess}. */
    public ToolResult invoke(ParsedJson arguments, Call call, CacheInvalidator invalidator) throws Exception {
        var result = invoker.invoke(arguments, call, invalidator);
        if (output != null && !result.isError()) {
            requireMatch(output, decorate(result, CacheStatus.MISS).structured());
        }
        return result;
    }

    /** Refuses a result that does not match the output schema, because clients rely on the schema. */
    private void requireMatch(ValueSchema schema, @Nullable Json structured) {
        if (structured == null) {
            throw new IllegalStateException(
                    "Tool " + name() + " has an output schema, but returned no structured result.");
        }
        var violations = schema.check(JsonTree.toTree(structured));
        if (!violations.isEmpty()) {
            throw new IllegalStateException("Tool " + name()
                    + " returned a result that does not match its output schema: " + describe(violations));
        }
    }

    /** Returns valid arguments as the handler receives them, with the defaults of absent ones. */
    public Json received(ParsedJson arguments) {
        return invoker.received(arguments).json();
    }

    /** Describes what a call with these valid arguments would do; null if the handler cannot tell. It has no effect. */
    public @Nullable Json dryRun(ParsedJson arguments, Call call) throws Exception {
        return invoker.describe(arguments, call);
    }

    /** Returns the result with the members of the result decorator; unchanged if the tool has none. */
    public ToolResult decorate(ToolResult result, CacheStatus status) {
        return decorator == null ? result : decorator.decorate(result, status);
    }

    /** Returns the failure for arguments that match the schema but cannot be bound to the record. */
    static ToolException invalid(List<Violation> violations) {
        return new ToolException(ErrorCode.INVALID_PARAMS, describe(violations));
    }

    private static String describe(List<Violation> violations) {
        return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
}
