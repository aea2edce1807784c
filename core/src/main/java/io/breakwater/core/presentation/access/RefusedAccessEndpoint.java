package io.breakwater.core.presentation.access;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessExplanation;
import io.breakwater.port.AccessExplanation.ConsideredRule;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.Principal;
import io.breakwater.port.RefusedAccess;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Access;
import io.breakwater.port.driving.HttpResource.Listener;
import io.breakwater.port.driving.HttpResource.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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

    /**
     * Returns the resource.
     *
     * @param refusals looks refused accesses up by request id
     * @param explanation explains a refused access by the present rules
     */
    public static HttpResource of(
            Function<String, Optional<RefusedAccess>> refusals,
            Function<RefusedAccess, AccessExplanation> explanation) {
        return new HttpResource(
                        PATH,
                        Listener.MANAGEMENT,
                        Access.MANAGEMENT,
                        request -> CompletableFuture.completedStage(response(request.subpath(), refusals, explanation)))
                .withPathsBelow();
    }

    private static Response response(
            String subpath,
            Function<String, Optional<RefusedAccess>> refusals,
            Function<RefusedAccess, AccessExplanation> explanation) {
        var id = subpath.isEmpty() ? "" : subpath.substring(1);
        return refusals.apply(id)
                .map(refused -> response(
                        200, describe(refused, explanation.apply(refused).rules())))
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

    private static Json.Obj describe(RefusedAccess refused, List<ConsideredRule> rules) {
        var decision = refused.decision();
        var scopes = decision instanceof AccessDecision.ScopesRequired required ? required.scopes() : null;
        return Json.object()
                .put("request_id", refused.requestId())
                .put("principal", refused.principal().id())
                .put("caller", describe(refused.principal()))
                .put("kind", refused.kind())
                .put("name", refused.name())
                .put("decision", scopes == null ? "denied" : "scopes_required")
                .put("rule", decision.rule())
                .putIfPresent("scopes", scopes == null ? null : Json.texts(scopes))
                .put(
                        "rules",
                        new Json.Arr(rules.stream()
                                .<Json>map(RefusedAccessEndpoint::describe)
                                .toList()))
                .build();
    }

    private static Json.Obj describe(Principal caller) {
        return Json.object()
                .put("subject", caller.subject())
                .put("issuer", caller.issuer())
                .put("tenant", caller.tenant())
                .put("client", caller.client())
                .put("kind", caller.kind().name().toLowerCase(Locale.ROOT))
                .put("roles", Json.texts(new TreeSet<>(caller.roles())))
                .put("scopes", Json.texts(new TreeSet<>(caller.scopes())))
                .build();
    }

    private static Json.Obj describe(ConsideredRule rule) {
        return Json.object()
                .put("name", rule.name())
                .put("effect", rule.effect())
                .put("caller", rule.caller())
                .put("target", rule.target())
                .put("arguments", rule.arguments())
                .build();
    }
}
