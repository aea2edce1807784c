package io.breakwater.core.presentation.call;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ClientCapability;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Helpers for client requests that both eras use: capability checks, serialization and waiting. */
public final class ClientRequests {
    private ClientRequests() {}

    /** Checks that the client declared the capability for each request, and that the schema of each form is valid. */
    public static void requireCapabilities(Call call, Collection<ClientRequest> clientRequests) {
        for (var clientRequest : clientRequests) {
            if (!call.hasCapability(clientRequest.capability())) {
                throw missing(clientRequest.capability());
            }
            FormValidator.of(clientRequest);
        }
    }

    /** Creates the error for a capability that the client did not declare. */
    public static McpException missing(ClientCapability capability) {
        return new McpException(
                McpException.MISSING_CAPABILITY,
                "This request needs a client capability that was not declared: " + capability.wireName(),
                Json.object()
                        .put("requiredCapabilities", capability.declaration())
                        .build());
    }

    /** Waits for the response of the client; the exception on a cancellation has that message. */
    public static <T> T await(Future<T> response, Duration timeout, String cancelledMessage) {
        try {
            return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ToolException(
                    ErrorCode.TIMEOUT, "The client sent no response within " + timeout.toSeconds() + " s.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException(ErrorCode.CANCELLED, cancelledMessage);
        } catch (CancellationException e) {
            throw new ToolException(ErrorCode.CANCELLED, cancelledMessage);
        } catch (ExecutionException e) {
            throw new IllegalStateException("client responses never complete exceptionally", e);
        }
    }

    /** Returns the requests as MCP's {@code inputRequests}. */
    public static Json.Obj requests(Map<String, ClientRequest> clientRequests) {
        var requests = Json.object();
        clientRequests.forEach((key, clientRequest) -> requests.put(key, request(clientRequest)));
        return requests.build();
    }

    private static Json request(ClientRequest clientRequest) {
        var request = Json.object().put("method", clientRequest.method());
        return (clientRequest.params().members().isEmpty() ? request : request.put("params", clientRequest.params()))
                .build();
    }
}
