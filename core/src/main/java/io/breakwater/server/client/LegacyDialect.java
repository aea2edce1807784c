package io.breakwater.server.client;

import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.port.Json;
import io.breakwater.port.driven.ClientTransport.OutgoingMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of legacy clients, which begin with {@code initialize} and agree on a revision for the whole session.
 */
final class LegacyDialect implements ProtocolDialect {
    private final ClientIntroduction client;
    private final String requested;
    private volatile @Nullable String agreed;
    private volatile @Nullable String session;

    LegacyDialect(ClientIntroduction client, String requested) {
        this.client = client;
        this.requested = requested;
    }

    /** The parameters of {@code initialize}. */
    Json.Obj initializeParams() {
        return Json.object()
                .put("protocolVersion", requested)
                .put("capabilities", client.capabilities())
                .put("clientInfo", client.info())
                .build();
    }

    void agreed(String version) {
        agreed = version;
    }

    void session(String id) {
        session = id;
    }

    boolean hasSession() {
        return session != null;
    }

    @Override
    public String version() {
        var known = agreed;
        return known == null ? requested : known;
    }

    @Override
    public OutgoingMessage request(RequestId id, String method, Json.Obj params) {
        var added = Json.object();
        if (client.wantsProgress() && agreed != null) {
            added.put("progressToken", ProtocolDialect.progressToken(id));
        }
        return new OutgoingMessage(
                MessageWriter.request(id, method, ProtocolDialect.withMeta(params, added.build())), headerFields());
    }

    @Override
    public Map<String, String> headerFields() {
        var fields = new LinkedHashMap<String, String>();
        if (agreed != null) {
            fields.put(ServerIdentity.VERSION_FIELD, version());
        }
        var id = session;
        if (id != null) {
            fields.put("Mcp-Session-Id", id);
        }
        return fields;
    }
}
