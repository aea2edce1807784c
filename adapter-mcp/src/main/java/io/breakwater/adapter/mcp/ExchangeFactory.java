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

/** Opens the SDK's exchange on a conversation. */
final class ExchangeFactory {
    private static final TypeRef<ClientCapabilities> CAPABILITIES = new TypeRef<>() {};
    private static final TypeRef<Implementation> IMPLEMENTATION = new TypeRef<>() {};
    private static final Json.Obj NOBODY =
            Json.object().put("name", "unknown").put("version", "unknown").build();

    private final SdkJson json;
    private final JsonSchemaValidator schemas;

    ExchangeFactory(SdkJson json, JsonSchemaValidator schemas) {
        this.json = json;
        this.schemas = schemas;
    }

    McpAsyncServerExchange open(ToolContext conversation, ElicitationHandler asking) {
        return new McpAsyncServerExchange(
                conversation.session(),
                new ToolContextSession(conversation, asking, json),
                json.typed(conversation.clientCapabilities(), CAPABILITIES),
                json.typed(named(conversation.clientInfo()), IMPLEMENTATION),
                context(conversation),
                schemas);
    }

    /** A stateless client need not say who it is, but handlers ask for its name without looking. */
    private static Json.Obj named(Json.Obj clientInfo) {
        return clientInfo.members().isEmpty() ? NOBODY : clientInfo;
    }

    private static McpTransportContext context(ToolContext conversation) {
        var context = new HashMap<String, Object>();
        context.put(SdkTools.REQUEST_ID, conversation.scope().requestId());
        context.put(SdkTools.PROTOCOL_VERSION, conversation.protocolVersion());
        var traceParent = conversation.scope().traceParent();
        if (traceParent != null) {
            context.put(SdkTools.TRACE_PARENT, traceParent);
        }
        return McpTransportContext.create(context);
    }
}
