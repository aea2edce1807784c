package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.presentation.call.ResultWriter;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.server.mcp.ToolResult;

/** Writes results in the format of the revisions up to 2025-11-25. */
final class LegacyResults {
    private LegacyResults() {}

    static byte[] tool(RequestId id, ToolResult result) {
        var out = MessageWriter.result(id, 192);
        ResultWriter.tool(out, result, true);
        if (!result.meta().members().isEmpty()) {
            out.ascii(",\"_meta\":").json(result.meta());
        }
        return out.ascii("}}").toBytes();
    }
}
