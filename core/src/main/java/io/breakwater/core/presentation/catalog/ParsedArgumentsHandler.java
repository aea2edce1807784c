package io.breakwater.core.presentation.catalog;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Handler;
import io.breakwater.server.mcp.ToolResult;

/**
 * A handler that reads its arguments from the result of the parser, so that no {@link Json} is built for them. Its
 * structured results match the tool's output schema by construction.
 */
public interface ParsedArgumentsHandler extends Handler<Json.Obj, ToolResult> {

    /** Handles arguments that passed the tool's schema. */
    ToolResult handleParsed(ParsedJson arguments, Call call) throws Exception;

    /** Returns the JSON of the values that valid arguments become; the arguments themselves if they stay JSON. */
    default ParsedJson received(ParsedJson arguments) {
        return arguments;
    }

    @Override
    default ToolResult handle(Json.Obj arguments, Call call) throws Exception {
        return handleParsed(ParsedJson.of(arguments), call);
    }
}
