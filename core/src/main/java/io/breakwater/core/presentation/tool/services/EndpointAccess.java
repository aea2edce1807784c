package io.breakwater.core.presentation.tool.services;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.business.services.Endpoint;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessExplanation;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import java.util.List;
import java.util.Locale;

/**
 * The endpoints that callers may request. A caller can write one path in many ways: with parameters, and with escapes. The
 * call was decided for the endpoint that was sent. Once the path is known, it is decided for each form of the path too: a rule
 * that denies one of them denies the request.
 */
final class EndpointAccess {
    private final CatalogAccess access;

    EndpointAccess(CatalogAccess access) {
        this.access = access;
        access.later().add(this::explain);
    }

    /**
     * Decides on a request whose path is known.
     *
     * @throws ToolException if the access rules deny it
     */
    void require(ApiRequestArguments arguments, Endpoint endpoint, Call call) {
        if (access.control().isOpen()) {
            return;
        }
        var decision = decide(arguments.json(), endpoint, call.principal());
        if (decision instanceof AccessDecision.Allowed) {
            return;
        }
        access.refused()
                .add(call.requestId(), call.principal(), TargetKind.TOOL.word(), ServicesPack.API_REQUEST, decision);
        throw new ToolException(
                ErrorCode.FORBIDDEN,
                "The access rules do not allow these arguments for tool " + ServicesPack.API_REQUEST
                        + ": with its parameters, the endpoint is " + endpoint.path() + ".");
    }

    /** Returns the strictest decision on the forms of the path; that on the sent endpoint counts for each of them. */
    private AccessDecision decide(Json.Obj sent, Endpoint endpoint, Principal principal) {
        var own = access.control().decide(request(sent, principal));
        return forms(sent, endpoint).stream()
                .map(form -> access.control().decideEither(request(form, principal), request(sent, principal)))
                .reduce(own, AccessControl::combine);
    }

    /** Returns the request with the other forms of its path, and with the names of header fields in lower case. */
    private static List<Json.Obj> forms(Json.Obj sent, Endpoint endpoint) {
        return endpoint.forms().stream()
                .map(path -> withPath(sent, path))
                .filter(form -> !form.equals(sent))
                .toList();
    }

    private static Json.Obj withPath(Json.Obj sent, String path) {
        var form = Json.object();
        sent.members().forEach(form::put);
        if (sent.get("headers") instanceof Json.Obj headers) {
            var fields = Json.object();
            headers.members().forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), value));
            form.put("headers", fields.build());
        }
        return form.put(ApiRequestArguments.ENDPOINT, path).build();
    }

    /** The requirements of the definition were met when the call was decided. */
    private static AccessRequest request(Json.Obj arguments, Principal principal) {
        return new AccessRequest(
                principal, TargetKind.TOOL, ServicesPack.API_REQUEST, AccessRequirements.NONE, () -> arguments);
    }

    /** Explains an access with the decision on the path, which is known if the arguments are valid. */
    private AccessExplanation explain(AccessRequest request, AccessExplanation explanation) {
        var arguments = request.arguments();
        if (arguments == null
                || request.kind() != TargetKind.TOOL
                || !request.name().equals(ServicesPack.API_REQUEST)
                || access.control().isOpen()) {
            return explanation;
        }
        var sent = arguments.get();
        var template = sent.text(ApiRequestArguments.ENDPOINT);
        if (template == null) {
            return explanation;
        }
        try {
            var endpoint = Endpoint.of(template, sent.object(ApiRequestArguments.PARAMS));
            var decision = AccessControl.combine(explanation.decision(), decide(sent, endpoint, request.principal()));
            return new AccessExplanation(decision, explanation.rules(), explanation.reservation());
        } catch (PortException.RefusedException invalid) {
            return explanation; // the request is never sent
        }
    }
}
