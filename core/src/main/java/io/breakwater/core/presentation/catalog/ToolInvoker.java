package io.breakwater.core.presentation.catalog;

import io.breakwater.core.presentation.codec.BindingResult;
import io.breakwater.core.presentation.codec.RecordCodec;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ConfirmationMessage;
import io.breakwater.server.mcp.DryRunHandler;
import io.breakwater.server.mcp.Handler;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.Tool.CacheInvalidation;
import io.breakwater.server.mcp.Tool.Confirmation;
import io.breakwater.server.mcp.ToolCall;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls a tool: converts the JSON arguments to the type of the handler, and the return value to a result.
 *
 * @param <A> the type of the handler's arguments
 * @param <R> the type of the handler's result
 */
record ToolInvoker<A, R>(
        Reader<A> reader,
        Handler<A, R> handler,
        Writer<R> writer,
        @Nullable Function<A, Set<String>> tags,
        @Nullable CacheInvalidation<A, R> invalidation,
        @Nullable Function<A, List<ToolCall>> calls,
        @Nullable Function<A, String> naturalKey,
        @Nullable Confirmation<A> confirmation,
        DryRunHandler.@Nullable Description<A> description) {

    @FunctionalInterface
    interface Reader<A> {
        A read(ParsedJson arguments);

        /** Returns the JSON of the value that the handler receives; the arguments themselves if it receives JSON. */
        default ParsedJson received(ParsedJson arguments) {
            return arguments;
        }
    }

    @FunctionalInterface
    interface Writer<R> {
        ToolResult write(R result);
    }

    /** The casts are safe because the builder of the tool checks the handler against these types. */
    @SuppressWarnings("unchecked")
    static ToolInvoker<?, ?> of(Tool tool) {
        if (tool.handler() instanceof ParsedArgumentsHandler parsed) {
            return of(tool, parsed);
        }
        var handler = (Handler<Object, Object>) tool.handler();
        return new ToolInvoker<>(
                (Reader<Object>) reader(tool.argumentsType()),
                handler,
                refusingNull(tool, (Writer<Object>) writer(tool.resultType())),
                (Function<Object, Set<String>>) tool.cacheTags(),
                (CacheInvalidation<Object, Object>) tool.cacheInvalidation(),
                (Function<Object, List<ToolCall>>) tool.toolCalls(),
                (Function<Object, String>) tool.idempotency().naturalKey(),
                (Confirmation<Object>) tool.confirmation(),
                handler instanceof DryRunHandler<Object, Object> dry ? dry::dryRun : null);
    }

    /** The casts are safe because the definition of such a tool says that its arguments are JSON. */
    @SuppressWarnings("unchecked")
    private static ToolInvoker<ParsedJson, ToolResult> of(Tool tool, ParsedArgumentsHandler handler) {
        var tags = (Function<Json, Set<String>>) tool.cacheTags();
        var invalidation = (CacheInvalidation<Json, ToolResult>) tool.cacheInvalidation();
        var calls = (Function<Json, List<ToolCall>>) tool.toolCalls();
        var confirmation = (Confirmation<Json>) tool.confirmation();
        var naturalKey = (Function<Json, String>) tool.idempotency().naturalKey();
        return new ToolInvoker<>(
                reader(handler),
                handler::handleParsed,
                refusingNull(tool, result -> result),
                tags == null ? null : arguments -> tags.apply(arguments.json()),
                invalidation == null ? null : (arguments, result) -> invalidation.tags(arguments.json(), result),
                calls == null ? null : arguments -> calls.apply(arguments.json()),
                naturalKey == null ? null : arguments -> naturalKey.apply(arguments.json()),
                confirmation == null ? null : (arguments, call) -> confirmation.message(arguments.json(), call),
                handler instanceof DryRunHandler<?, ?> dry
                        ? (arguments, call) -> ((DryRunHandler<Json, ?>) dry).dryRun(arguments.json(), call)
                        : null);
    }

    /** Returns valid arguments as the handler receives them; the same object if it receives them as they are. */
    ParsedJson received(ParsedJson arguments) {
        return reader.received(arguments);
    }

    /** Returns the cache tags of the result for these arguments. */
    Set<String> tags(ParsedJson arguments) {
        return tags == null ? Set.of() : tags.apply(reader.read(arguments));
    }

    /** Returns the calls of other tools that a call with these arguments makes; none if they cannot be bound. */
    List<ToolCall> calls(ParsedJson arguments) {
        if (calls == null) {
            return List.of();
        }
        A bound;
        try {
            bound = reader.read(arguments);
        } catch (ToolException invalid) {
            return List.of(); // the call fails for the same reason
        }
        return List.copyOf(calls.apply(bound));
    }

    /** Returns the message that a user must confirm; null if the call needs no confirmation. */
    @Nullable
    ConfirmationMessage confirmationMessage(ParsedJson arguments, Call call) throws Exception {
        return confirmation == null ? null : confirmation.message(reader.read(arguments), call);
    }

    /** Describes what a call would do; null if the handler cannot tell. */
    @Nullable
    Json describe(ParsedJson arguments, Call call) throws Exception {
        A typed = reader.read(arguments);
        return description == null ? null : description.describe(typed, call);
    }

    /** Returns the natural key of a call with these arguments, which must be valid; null if the tool has none. */
    @Nullable
    String naturalKey(ParsedJson arguments) {
        return naturalKey == null ? null : naturalKey.apply(reader.read(arguments));
    }

    /** Asks a handler that decides on the access itself; the cast is safe because the handler has these types. */
    @SuppressWarnings("unchecked")
    void checkAccess(ParsedJson arguments, Call call) {
        if (handler instanceof AccessCheckedHandler<?, ?> checked) {
            ((AccessCheckedHandler<A, R>) checked).checkAccess(reader.read(arguments), call);
        }
    }

    ToolResult invoke(ParsedJson arguments, Call call, CacheInvalidator invalidator) throws Exception {
        A typed = reader.read(arguments);
        return invalidation == null
                ? writer.write(handler.handle(typed, call))
                : handleAndInvalidate(invalidation, typed, call, invalidator);
    }

    private ToolResult handleAndInvalidate(
            CacheInvalidation<A, R> invalidation, A arguments, Call call, CacheInvalidator invalidator)
            throws Exception {
        call.context().onCancel(() -> invalidator.invalidateLater(() -> invalidation.tags(arguments, null)));
        R result;
        try {
            result = handler.handle(arguments, call);
        } catch (Throwable failure) {
            invalidator.invalidate(() -> invalidation.tags(arguments, null));
            throw failure;
        }
        invalidator.invalidate(() -> invalidation.tags(arguments, result));
        return writer.write(result);
    }

    private static Reader<?> reader(Class<?> type) {
        return type.isRecord() && !Json.class.isAssignableFrom(type)
                ? records(RecordCodec.ofArguments(type.asSubclass(Record.class)))
                : ParsedJson::json;
    }

    private static <T extends Record> Reader<T> records(RecordCodec<T> codec) {
        return new Reader<>() {
            @Override
            public T read(ParsedJson arguments) {
                return switch (codec.read(arguments.tree())) {
                    case BindingResult.Value<T>(T value) -> value;
                    case BindingResult.Refused<T>(var violations) -> throw ToolEntry.invalid(violations);
                };
            }

            @Override
            public ParsedJson received(ParsedJson arguments) {
                return switch (codec.read(arguments.tree())) {
                    case BindingResult.Value<T>(T value) -> ParsedJson.read(codec.write(value));
                    case BindingResult.Refused<T> refused -> arguments;
                };
            }
        };
    }

    private static Reader<ParsedJson> reader(ParsedArgumentsHandler handler) {
        return new Reader<>() {
            @Override
            public ParsedJson read(ParsedJson arguments) {
                return arguments;
            }

            @Override
            public ParsedJson received(ParsedJson arguments) {
                return handler.received(arguments);
            }
        };
    }

    private static Writer<?> writer(Class<?> type) {
        if (type == ToolResult.class) {
            return (ToolResult result) -> result;
        }
        return type == Json.class ? (Writer<Json>) ToolResult::structured : structured(RecordCodec.ofResult(type));
    }

    /** Reports a handler without a result as a fault of the tool; the message is for the log. */
    private static <R> Writer<R> refusingNull(Tool tool, Writer<R> writer) {
        return result -> {
            if (result == null) {
                throw new IllegalStateException("The handler of tool "
                        + tool.definition().name() + " returned null. Return a result, or throw ToolException.");
            }
            return writer.write(result);
        };
    }

    private static <T> Writer<T> structured(RecordCodec<T> codec) {
        return result -> ToolResult.structured(new Json.Raw(codec.write(result)));
    }
}
