package io.breakwater.server.client;

import io.breakwater.server.client.ClientTransport.OutgoingMessage;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.Json;
import io.breakwater.server.client.ClientTransport.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How an era dresses a client's messages. */
sealed interface ProtocolDialect permits ModernDialect, LegacyDialect {

    /** The revision that is spoken. */
    String version();

    /** A request, with what this era adds to its parameters and header fields. */
    OutgoingMessage request(RequestId id, String method, Json.Obj params);

    /** The header fields of everything that is no request. */
    Map<String, String> headerFields();

    /** A notification. */
    default OutgoingMessage notification(String method, Json.Obj params) {
        return new OutgoingMessage(MessageWriter.notification(method, params), headerFields());
    }

    /** The parameters with these members in their {@code _meta}, beside what it holds already. */
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

    /** Progress is reported under the id of its request. */
    static Json progressToken(RequestId id) {
        return new Json.Raw(id.json().getBytes(StandardCharsets.UTF_8));
    }
}
