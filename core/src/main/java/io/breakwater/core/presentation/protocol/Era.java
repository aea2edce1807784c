package io.breakwater.core.presentation.protocol;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.protocol.modern.ModernProtocol;
import io.breakwater.core.presentation.server.ServerIdentity;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;

/**
 * Which era a message belongs to. The body decides: whoever writes the per-request {@code _meta} speaks the stateless
 * revision, whatever the method is called. A header field counts only where the body says nothing.
 */
enum Era {
    MODERN,
    LEGACY,
    /** The body says nothing, and the header field names a revision nobody here speaks. */
    UNSUPPORTED;

    static final String VERSION = "MCP-Protocol-Version";

    static Era of(ParsedJson params, IncomingMessage inbound) {
        if (ModernProtocol.claimed(params)) {
            return MODERN;
        }
        if (inbound.channel() instanceof Channel.Connection) {
            return LEGACY;
        }
        var field = inbound.fields().first(VERSION);
        if (field == null || ServerIdentity.LEGACY.contains(field)) {
            return LEGACY;
        }
        return field.equals(ServerIdentity.MODERN) ? MODERN : UNSUPPORTED;
    }
}
