package io.breakwater.core.presentation.catalog;

import io.breakwater.core.presentation.codec.BindingResult;
import io.breakwater.core.presentation.codec.RecordCodec;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Handler;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.Tool.CacheInvalidation;
import io.breakwater.server.mcp.ToolResult;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a tool is called: JSON becomes what its handler takes, and what it gives becomes a result.
 *
 * @param <A> what the handler takes
 * @param <R> what the handler gives
 */
record ToolInvoker<A, R>(
        Reader<A> reader,
        Handler<A, R> handler,
        Writer<R> writer,
        @Nullable Function<A, Set<String>> tags,
        @Nullable CacheInvalidation<A, R> touched) {

    @FunctionalInterface
    interface Reader<A> {
        A read(ParsedJson arguments);
    }

    @FunctionalInterface
    interface Writer<R> {
        ToolResult write(R result);
    }

    /** The draft of the tool tied the handler to these very types. */
    @SuppressWarnings("unchecked")
    static ToolInvoker<?, ?> of(Tool tool) {
        var handler = (Handler<Object, Object>) tool.handler();
        return new ToolInvoker<>(
                (Reader<Object>) reader(tool.argumentsType()),
                handler,
                (Writer<Object>) writer(tool.resultType()),
                (Function<Object, Set<String>>) tool.cacheTags(),
                (CacheInvalidation<Object, Object>) tool.cacheInvalidation());
    }

    /** The tags of the result that these arguments would have. */
    Set<String> tags(ParsedJson arguments) {
        return tags == null ? Set.of() : tags.apply(reader.read(arguments));
    }

    ToolResult invoke(ParsedJson arguments, Call call, CacheInvalidator untrue) throws Exception {
        A bound = reader.read(arguments);
        return touched == null ? writer.write(handler.handle(bound, call)) : touching(touched, bound, call, untrue);
    }

    private ToolResult touching(CacheInvalidation<A, R> touched, A bound, Call call, CacheInvalidator untrue)
            throws Exception {
        call.context().onCancel(() -> untrue.soon(() -> touched.tags(bound, null)));
        R result;
        try {
            result = handler.handle(bound, call);
        } catch (Throwable howeverItEnded) {
            untrue.now(() -> touched.tags(bound, null));
            throw howeverItEnded;
        }
        untrue.now(() -> touched.tags(bound, result));
        return writer.write(result);
    }

    private static Reader<?> reader(Class<?> type) {
        return type.isRecord() && !Json.class.isAssignableFrom(type)
                ? records(RecordCodec.ofArguments(type.asSubclass(Record.class)))
                : ParsedJson::json;
    }

    private static <T extends Record> Reader<T> records(RecordCodec<T> binding) {
        return arguments -> switch (binding.read(arguments.tree())) {
            case BindingResult.Value<T>(T value) -> value;
            case BindingResult.Refused<T>(var violations) -> throw ToolEntry.invalid(violations);
        };
    }

    private static Writer<?> writer(Class<?> type) {
        if (type == ToolResult.class) {
            return (ToolResult result) -> result;
        }
        return type == Json.class ? (Writer<Json>) ToolResult::structured : structured(RecordCodec.ofResult(type));
    }

    private static <T> Writer<T> structured(RecordCodec<T> binding) {
        return result -> ToolResult.structured(new Json.Raw(binding.write(result)));
    }
}
