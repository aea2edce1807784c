package io.breakwater.server.client;

import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.port.Json;
import io.breakwater.port.driven.ClientTransport.OutgoingMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The messages of modern clients: every request identifies the client, and its header fields repeat what gateways need
 * (SEP-2243).
 */
final class ModernDialect implements ProtocolDialect {
    private static final String PREFIX = "io.modelcontextprotocol/";

    /** The parameter that {@code Mcp-Name} repeats, by method. */
    private static final Map<String, String> NAME_MEMBERS = Map.of(
            "tools/call", "name",
            "prompts/get", "name",
            "resources/read", "uri",
            "tasks/get", "taskId",
            "tasks/update", "taskId",
            "tasks/cancel", "taskId");

    private final Json.Obj meta;
    private final boolean wantsProgress;
    private final ToolHeaderParams tools;

    ModernDialect(ClientIntroduction client, ToolHeaderParams tools) {
        this.wantsProgress = client.wantsProgress();
        this.tools = tools;
        var level = client.logLevel();
        this.meta = Json.object()
                .put(PREFIX + "protocolVersion", ServerIdentity.MODERN)
                .put(PREFIX + "clientCapabilities", client.capabilities())
                .put(PREFIX + "clientInfo", client.info())
                .putIfPresent(PREFIX + "logLevel", level == null ? null : level.wireName())
                .build();
    }

    @Override
    public String version() {
        return ServerIdentity.MODERN;
    }

    @Override
    public OutgoingMessage request(RequestId id, String method, Json.Obj params) {
        var fields = new LinkedHashMap<>(headerFields());
        fields.put("Mcp-Method", method);
        var member = NAME_MEMBERS.get(method);
        var name = member == null ? null : params.text(member);
        if (name != null) {
            fields.put("Mcp-Name", HeaderFieldText.encoded(name));
        }
        if (method.equals("tools/call") && name != null) {
            fields.putAll(tools.headerFields(name, params.object("arguments")));
        }
        return new OutgoingMessage(
                MessageWriter.request(id, method, ProtocolDialect.withMeta(params, meta(id))), fields);
    }

    private Json.Obj meta(RequestId id) {
        if (!wantsProgress) {
            return meta;
        }
        var withToken = Json.object();
        meta.members().forEach(withToken::put);
        return withToken.put("progressToken", ProtocolDialect.progressToken(id)).build();
    }

    @Override
    public Map<String, String> headerFields() {
        return Map.of(ServerIdentity.VERSION_FIELD, ServerIdentity.MODERN);
    }
}
