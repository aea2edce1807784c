package io.breakwater.core.presentation.call;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ClientCapability;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.McpException;
import java.util.Collection;
import java.util.Map;

/** What questions have in common on both wires: who can be asked, and how a question is written. */
public final class ClientRequests {
    private ClientRequests() {}

    /** Refuses questions that the client did not say it can answer, and forms that no answer can be checked against. */
    public static void demand(Call call, Collection<ClientRequest> questions) {
        for (var question : questions) {
            if (!call.hasCapability(question.needs())) {
                throw missing(question.needs());
            }
            FormValidator.of(question);
        }
    }

    /** The client did not declare that it can do this. */
    public static McpException missing(ClientCapability ability) {
        return new McpException(
                McpException.MISSING_CAPABILITY,
                "This request needs a client capability that was not declared: " + ability.wireName(),
                Json.object().put("requiredCapabilities", ability.declaration()).build());
    }

    /** The questions as MCP's {@code inputRequests}. */
    public static Json.Obj requests(Map<String, ClientRequest> questions) {
        var requests = Json.object();
        questions.forEach((key, question) -> requests.put(key, request(question)));
        return requests.build();
    }

    private static Json request(ClientRequest question) {
        var request = Json.object().put("method", question.method());
        return (question.params().members().isEmpty() ? request : request.put("params", question.params())).build();
    }
}
