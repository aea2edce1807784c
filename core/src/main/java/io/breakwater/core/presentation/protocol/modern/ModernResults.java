package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.presentation.call.ResultWriter;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.mcp.ToolResult;

/** Writes results in the format of 2026-07-28: each names its type and the server. */
final class ModernResults {
    private static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";

    private final Json.Obj serverInfo;
    private final byte[] complete;
    private final byte[] inputRequired;
    private final byte[] task;

    ModernResults(ServerIdentity identity) {
        serverInfo = identity.json();
        complete = ending("complete");
        inputRequired = ending("input_required");
        task = ending("task");
    }

    /** The members of every page that is prepared in advance. */
    Json.Obj pageMembers(long ttlMs, String cacheScope) {
        return Json.object()
                .put("resultType", "complete")
                .put("ttlMs", ttlMs)
                .put("cacheScope", cacheScope)
                .put("_meta", meta(Json.Obj.EMPTY))
                .build();
    }

    byte[] tool(RequestId id, ToolResult result) {
        var out = MessageWriter.result(id, 384);
        toolResult(out, result);
        return out.character('}').toBytes();
    }

    /** Returns the result of a tool in the format of a task. */
    Json.Raw toolResult(ToolResult result) {
        var out = new JsonWriter(384);
        toolResult(out, result);
        return new Json.Raw(out.toBytes());
    }

    private void toolResult(JsonWriter out, ToolResult result) {
        ResultWriter.tool(out, result, false);
        if (result.meta().members().isEmpty()) {
            out.raw(complete);
        } else {
            out.ascii(",\"resultType\":\"complete\",\"_meta\":")
                    .json(meta(result.meta()))
                    .character('}');
        }
    }

    /** Writes a result; prepared bytes are complete, and an object gets the closing members. */
    byte[] value(RequestId id, Json result) {
        return result instanceof Json.Raw ? MessageWriter.result(id, result) : ended(id, result, complete);
    }

    byte[] inputRequired(RequestId id, Json.Obj requests, String state) {
        var result = Json.object().put("inputRequests", requests).put("requestState", state);
        return ended(id, result.build(), inputRequired);
    }

    byte[] task(RequestId id, Json.Obj created) {
        return ended(id, created, task);
    }

    /** Writes the last message of a subscription, with the given {@code _meta}. */
    byte[] listenEnded(RequestId id, Json.Obj subscriptionMeta) {
        var result = Json.object().put("resultType", "complete").put("_meta", meta(subscriptionMeta));
        return MessageWriter.result(id, result.build());
    }

    private static byte[] ended(RequestId id, Json result, byte[] ending) {
        var out = MessageWriter.result(id, 384);
        if (ResultWriter.empty(result)) {
            out.character('{').raw(ending, 1, ending.length - 1);
        } else {
            ResultWriter.open(out, result);
            out.raw(ending);
        }
        return out.character('}').toBytes();
    }

    private byte[] ending(String type) {
        return new JsonWriter(256)
                .ascii(",\"resultType\":")
                .string(type)
                .ascii(",\"_meta\":")
                .json(meta(Json.Obj.EMPTY))
                .character('}')
                .toBytes();
    }

    private Json.Obj meta(Json.Obj own) {
        var meta = Json.object();
        own.members().forEach(meta::put);
        return meta.put(SERVER_INFO, serverInfo).build();
    }
}
