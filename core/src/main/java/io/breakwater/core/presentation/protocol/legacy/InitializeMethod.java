package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.SessionIds;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.method.RequestParams;
import io.breakwater.core.presentation.protocol.common.OfferedCapabilities;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.server.mcp.McpException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** {@code initialize}: negotiates a revision and creates a session. */
final class InitializeMethod {
    private static final int MAX_CLIENT_INFO_TEXT = 200;

    private final ServerIdentity identity;
    private final Registry registry;
    private final SessionIds ids = new SessionIds();

    InitializeMethod(ServerIdentity identity, Registry registry) {
        this.identity = identity;
        this.registry = registry;
    }

    /** Creates the session that the parameters request. */
    Session session(ParsedJson params, String principal, Instant now) {
        var requested = RequestParams.text(params, "protocolVersion");
        var capabilities = params.member("capabilities");
        if (capabilities == null || !(capabilities.json() instanceof Json.Obj declared)) {
            throw McpException.invalidParams("\"capabilities\" must be an object");
        }
        var version = ServerIdentity.LEGACY.contains(requested) ? requested : ServerIdentity.LEGACY.getFirst();
        return new Session(
                ids.next(),
                version,
                principal,
                DeclaredCapabilities.known(declared),
                shorten(params.object("clientInfo")),
                false,
                null,
                Set.of(),
                now);
    }

    /**
     * Selects name, title and version of the client, unless they are too long: they are stored for the life of the
     * session.
     */
    private static Json.Obj shorten(Json.Obj clientInfo) {
        var shortened = Json.object();
        for (var name : List.of("name", "title", "version")) {
            var text = clientInfo.text(name);
            shortened.putIfPresent(name, text == null || text.length() > MAX_CLIENT_INFO_TEXT ? null : text);
        }
        return shortened.build();
    }

    /** Returns the result for the client. */
    Json.Obj result(Session session) {
        return Json.object()
                .put("protocolVersion", session.version())
                .put("capabilities", OfferedCapabilities.of(registry).build())
                .put("serverInfo", identity.json())
                .putIfPresent("instructions", identity.instructions())
                .build();
    }
}
