package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.presentation.call.RejectedMessageException;
import io.breakwater.core.presentation.catalog.CatalogSnapshot;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.mcp.McpException;

/**
 * A request whose {@code _meta} is valid, and what its method needs to prepare it.
 *
 * @param catalog the catalog as it was when the request arrived
 */
record MethodRequest(
        Message.Request request,
        RequestMeta meta,
        Principal principal,
        IncomingMessage inbound,
        Reply reply,
        CatalogSnapshot catalog) {

    ParsedJson params() {
        return request.params();
    }

    /** Returns a parameter that must be a string. */
    String text(String member) throws RejectedMessageException {
        var text = params().text(member);
        if (text == null) {
            throw invalid("\"" + member + "\" must be a string");
        }
        return text;
    }

    static RejectedMessageException invalid(String message) {
        return new RejectedMessageException(ReplyStatus.RESULT, McpException.invalidParams(message));
    }
}
