package io.breakwater.server.annotation;

import io.breakwater.core.presentation.catalog.ParsedArgumentsHandler;
import io.breakwater.core.presentation.codec.BindingResult;
import io.breakwater.core.presentation.codec.ParametersCodec;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import org.jspecify.annotations.Nullable;

/** Handles a call of a tool with an annotated method. */
record MethodToolHandler(ParametersCodec arguments, MethodInvoker invoker, ToolResults results)
        implements ParsedArgumentsHandler {

    @Override
    public ToolResult handleParsed(ParsedJson json, Call call) throws Exception {
        return results.write(invoker.invoke(bind(arguments, json), call));
    }

    @Override
    public ParsedJson received(ParsedJson json) {
        return arguments.read(json) instanceof BindingResult.Value(var values) ? arguments.write(values) : json;
    }

    /** Returns the values of the parameters. */
    static @Nullable Object[] bind(ParametersCodec arguments, ParsedJson json) {
        return switch (arguments.read(json)) {
            case BindingResult.Value(var values) -> values;
            case BindingResult.Refused<?> refused ->
                throw new ToolException(ErrorCode.INVALID_PARAMS, refused.message());
        };
    }
}
