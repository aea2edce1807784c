package io.breakwater.server.client;

import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.Json;
import io.breakwater.port.driven.ClientTransport.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How one era encodes the messages of a client. */
sealed interface ProtocolDialect permits ModernDialect, LegacyDialect {

    /** The protocol revision. */
    String version();

    /** Encodes a request, with the parameters and header fields that this era adds. */
    OutgoingMessage request(RequestId id, String method, Json.Obj params);

    /** The header fields of messages that are not requests. */
    Map<String, String> headerFields();

    /** Encodes a notification. */
    default OutgoingMessage notification(String method, Json.Obj params) {
        return new OutgoingMessage(MessageWriter.notification(method, params), headerFields());
    }

    /** Returns the parameters with these members added to their {@code _meta}. */
    static Json.Obj withMeta(Json.Obj params, Json.Obj added) {
        if (added.members().isEmpty()) {
            return params;
        }
        var meta = Json.object();
        added.members().forEach(meta::put);
        params.object("_meta").members().forEach(meta::put);
        var all = Json.object();
        params.members().forEach(all::put);
        return all.put("_meta", meta.build()).build();
    }

    /** The progress token of a request, which is its id. */
    static Json progressToken(RequestId id) {
        return new Json.Raw(id.json().getBytes(StandardCharsets.UTF_8));
    }
}
