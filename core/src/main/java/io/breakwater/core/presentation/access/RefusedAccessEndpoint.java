package io.breakwater.core.presentation.access;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.RefusedAccess;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Access;
import io.breakwater.port.driving.HttpResource.Listener;
import io.breakwater.port.driving.HttpResource.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The HTTP resource {@code /access/refusals/ID}, on the management listener with its key: why the server refused the
 * request with that id. The status is 404 if the server does not remember a refused access with this id.
 */
public final class RefusedAccessEndpoint {
    private static final String PATH = "/access/refusals";
    private static final String JSON = "application/json";
    private static final Map<String, String> NO_STORE = Map.of("Cache-Control", "no-store");

    private RefusedAccessEndpoint() {}

    /** Returns the resource, which looks refused accesses up by request id. */
    public static HttpResource of(Function<String, Optional<RefusedAccess>> refusals) {
        return new HttpResource(
                        PATH,
                        Listener.MANAGEMENT,
                        Access.MANAGEMENT,
                        request -> CompletableFuture.completedStage(response(request.subpath(), refusals)))
                .withPathsBelow();
    }

    private static Response response(String subpath, Function<String, Optional<RefusedAccess>> refusals) {
        var id = subpath.isEmpty() ? "" : subpath.substring(1);
        return refusals.apply(id)
                .map(refused -> response(200, describe(refused)))
                .orElseGet(() -> response(404, unknown(id)));
    }

    private static Response response(int status, Json.Obj body) {
        return new Response(status, JSON, NO_STORE, JsonWriter.bytes(body));
    }

    private static Json.Obj unknown(String id) {
        return Json.object()
                .put("request_id", id)
                .put("error", "This server remembers no refused access with this request id.")
                .build();
    }

    private static Json.Obj describe(RefusedAccess refused) {
        var decision = refused.decision();
        var scopes = decision instanceof AccessDecision.ScopesRequired required ? required.scopes() : null;
        return Json.object()
                .put("request_id", refused.requestId())
                .put("principal", refused.principal())
                .put("kind", refused.kind())
                .put("name", refused.name())
                .put("decision", scopes == null ? "denied" : "scopes_required")
                .put("rule", decision.rule())
                .putIfPresent("scopes", scopes == null ? null : Json.texts(scopes))
                .build();
    }
}
