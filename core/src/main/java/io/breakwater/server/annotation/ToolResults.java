package io.breakwater.server.annotation;

import io.breakwater.core.presentation.codec.ResolvedType;
import io.breakwater.core.presentation.codec.ReturnCodec;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.ToolResult;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values that a method returns to results of a tool.
 *
 * @param nothing true if the method returns nothing
 * @param schema the output schema, or null
 * @param structured true if the cache can store the results
 */
record ToolResults(
        AnnotatedMethod method,
        boolean nothing,
        Json.@Nullable Obj schema,
        boolean structured,
        Function<Object, ToolResult> writer) {

    private static final ToolResult DONE = ToolResult.text("Done.");

    static ToolResults of(AnnotatedMethod method) {
        var type = method.resultType();
        var raw = type.raw();
        if (isVoid(raw)) {
            return new ToolResults(method, true, null, false, value -> DONE);
        }
        if (raw == String.class) {
            return of(method, value -> ToolResult.text((String) value));
        }
        if (raw == ToolResult.class) {
            return new ToolResults(method, false, null, true, ToolResult.class::cast);
        }
        if (Content.class.isAssignableFrom(raw)) {
            return of(method, value -> ToolResult.of((Content) value));
        }
        return isCollection(type, Content.class) ? of(method, ToolResults::contents) : json(method, type);
    }

    /** Creates results that have content for the model only. */
    private static ToolResults of(AnnotatedMethod method, Function<Object, ToolResult> writer) {
        return new ToolResults(method, false, null, false, writer);
    }

    static boolean isVoid(Class<?> type) {
        return type == void.class || type == Void.class;
    }

    /** Returns whether the type is a list or a collection of these items. */
    static boolean isCollection(ResolvedType type, Class<?> items) {
        var item = type.argument(0);
        return (type.raw() == List.class || type.raw() == Collection.class)
                && item != null
                && items.isAssignableFrom(item.raw());
    }

    @SuppressWarnings("unchecked") // the method's return type says so
    private static ToolResult contents(Object values) {
        return new ToolResult(List.copyOf((Collection<Content>) values), null, false, Json.Obj.EMPTY);
    }

    private static ToolResults json(AnnotatedMethod method, ResolvedType type) {
        var codec = codec(method, type);
        var schema = codec.schema().members().isEmpty() ? null : codec.schema();
        return new ToolResults(
                method, false, schema, true, value -> ToolResult.structured(new Json.Raw(codec.write(value))));
    }

    /**
     * Creates the codec; a kind of JSON without a schema of its own, such as {@code Json.Text}, is JSON of any shape.
     */
    static ReturnCodec codec(AnnotatedMethod method, ResolvedType type) {
        boolean kind =
                Json.class.isAssignableFrom(type.raw()) && type.raw() != Json.Obj.class && type.raw() != Json.Arr.class;
        var described = kind ? new ResolvedType(Json.class, List.of(), type.annotations()) : type;
        return ReturnCodec.of(described, method.where());
    }

    ToolResult write(@Nullable Object value) {
        return nothing ? DONE : writer.apply(method.required(value));
    }
}
