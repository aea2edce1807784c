package io.breakwater.core.presentation.protocol;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.core.presentation.protocol.modern.ModernProtocol;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;

/**
 * The era of a message. The body determines it: a message with the per-request {@code _meta} is modern, whatever its
 * method. The header field counts only if the body has no such {@code _meta}.
 */
enum Era {
    MODERN,
    LEGACY,
    /** The body does not name an era, and the header field names an unsupported revision. */
    UNSUPPORTED;

    static Era of(ParsedJson params, IncomingMessage inbound) {
        if (ModernProtocol.claimed(params)) {
            return MODERN;
        }
        if (inbound.channel() instanceof Channel.Connection) {
            return LEGACY;
        }
        var field = inbound.fields().first(ServerIdentity.VERSION_FIELD);
        if (field == null || ServerIdentity.LEGACY.contains(field)) {
            return LEGACY;
        }
        return field.equals(ServerIdentity.MODERN) ? MODERN : UNSUPPORTED;
    }
}
