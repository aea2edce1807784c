package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import java.util.HashMap;

/** Creates the SDK's exchange for a tool context. */
final class ExchangeFactory {
    private static final TypeRef<ClientCapabilities> CAPABILITIES = new TypeRef<>() {};
    private static final TypeRef<Implementation> IMPLEMENTATION = new TypeRef<>() {};
    private static final Json.Obj UNKNOWN_CLIENT =
            Json.object().put("name", "unknown").put("version", "unknown").build();

    private final SdkJson json;
    private final JsonSchemaValidator schemas;

    ExchangeFactory(SdkJson json, JsonSchemaValidator schemas) {
        this.json = json;
        this.schemas = schemas;
    }

    McpAsyncServerExchange create(ToolContext toolContext, ElicitationHandler elicitation) {
        return new McpAsyncServerExchange(
                toolContext.session(),
                new ToolContextSession(toolContext, elicitation, json),
                json.typed(toolContext.clientCapabilities(), CAPABILITIES),
                json.typed(withDefaultName(toolContext.clientInfo()), IMPLEMENTATION),
                context(toolContext),
                schemas);
    }

    /** A modern client need not give its name, but handlers read the name without a null check. */
    private static Json.Obj withDefaultName(Json.Obj clientInfo) {
        return clientInfo.members().isEmpty() ? UNKNOWN_CLIENT : clientInfo;
    }

    private static McpTransportContext context(ToolContext toolContext) {
        var context = new HashMap<String, Object>();
        context.put(SdkTools.REQUEST_ID, toolContext.callContext().requestId());
        context.put(SdkTools.PROTOCOL_VERSION, toolContext.protocolVersion());
        var traceParent = toolContext.callContext().traceParent();
        if (traceParent != null) {
            context.put(SdkTools.TRACE_PARENT, traceParent);
        }
        return McpTransportContext.create(context);
    }
}
