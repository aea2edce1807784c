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
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolDefinition;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tool, compiled: its schemas ready to check with, its records ready to bind. What a client could not use is refused
 * here, in a sentence that names the tool.
 */
public final class ToolEntry {
    private final ToolDefinition definition;
    private final ValueSchema input;
    private final HeaderParams headers;
    private final ToolInvoker<?, ?> invocation;
    private final @Nullable ValueSchema output;
    private final @Nullable ResultDecorator<?> stamp;
    private final boolean writes;
    private @Nullable ResultSource source; // made when asked for; twice at the same time gives the same

    private ToolEntry(Tool tool) {
        this.definition = tool.definition();
        this.input = ValueSchema.compile(definition.inputSchema());
        this.headers = HeaderParams.of(definition.inputSchema());
        this.invocation = ToolInvoker.of(tool);
        this.output = output(tool);
        this.stamp = ResultDecorator.of(tool);
        this.writes = tool.cacheInvalidation() != null;
    }

    static ToolEntry of(Tool tool) {
        try {
            return new ToolEntry(tool);
        } catch (InvalidSchemaException refused) {
            throw new IllegalArgumentException(
                    "Tool " + tool.definition().name() + ": " + refused.getMessage(), refused);
        }
    }

    /** What is made of records fits the schema that is made of them; a schema written by hand is held to. */
    private static @Nullable ValueSchema output(Tool tool) {
        var schema = tool.definition().outputSchema();
        boolean made = tool.resultType() != Json.class && tool.resultType() != ToolResult.class;
        return schema == null || made ? null : ValueSchema.compile(schema);
    }

    /** Its name. */
    public String name() {
        return definition.name();
    }

    /** What it is. */
    public ToolDefinition definition() {
        return definition;
    }

    /** Where its results come from, as the server that offers it says; asked once. */
    public ResultSource source(Function<ToolEntry, ResultSource> server) {
        var known = source;
        if (known == null) {
            known = server.apply(this);
            source = known;
        }
        return known;
    }

    /** Stands for its definition: another definition, another digest. */
    public String digest() {
        return ResultSource.digest(DefinitionWriter.tool(definition, false));
    }

    /** True when a call of it makes kept results untrue. */
    public boolean writes() {
        return writes;
    }

    /** The tags of the result that these arguments, which passed, would have. */
    public Set<String> tags(ParsedJson arguments) {
        return invocation.tags(arguments);
    }

    /** What is wrong with these arguments, every violation named; null when nothing is. */
    public @Nullable String check(ParsedJson arguments) {
        var violations = input.check(arguments.tree());
        return violations.isEmpty() ? null : sentence(violations);
    }

    /** In which way the header fields differ from the arguments they repeat (SEP-2243); null when in none. */
    public @Nullable String headerMismatch(HeaderFields fields, ParsedJson arguments) {
        return headers.mismatch(fields, arguments.tree());
    }

    /** Lets the handler work on arguments that passed. */
    public ToolResult invoke(ParsedJson arguments, Call call, CacheInvalidator untrue) throws Exception {
        var result = invocation.invoke(arguments, call, untrue);
        if (output != null && !result.isError()) {
            demand(output, stamped(result, CacheStatus.MISS).structured());
        }
        return result;
    }

    /** A client relies on what the tool promised, so a broken promise is a fault of the server's. */
    private void demand(ValueSchema promised, @Nullable Json structured) {
        if (structured == null) {
            throw new IllegalStateException("Tool " + name() + " has an output schema, but gave no structured result");
        }
        var violations = promised.check(JsonTree.toTree(structured));
        if (!violations.isEmpty()) {
            throw new IllegalStateException("Tool " + name()
                    + " gave a result that is not what its output schema says: " + sentence(violations));
        }
    }

    /** The result with the members that are true of this call alone; unchanged when the tool has none. */
    public ToolResult stamped(ToolResult result, CacheStatus status) {
        return stamp == null ? result : stamp.on(result, status);
    }

    /** What does not bind is as wrong as what does not fit. */
    static ToolException invalid(List<Violation> violations) {
        return new ToolException(ErrorCode.INVALID_PARAMS, sentence(violations));
    }

    private static String sentence(List<Violation> violations) {
        return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
}
