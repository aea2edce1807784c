package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.presentation.catalog.CatalogView;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.Reply;

/**
 * A request whose {@code _meta} is valid, and what its method needs to prepare it.
 *
 * @param catalog the catalog as it was when the request arrived, and as its sender sees it
 */
record MethodRequest(
        Message.Request request,
        RequestMeta meta,
        Principal principal,
        IncomingMessage inbound,
        Reply reply,
        CatalogView catalog) {

    ParsedJson params() {
        return request.params();
    }
}
