package io.breakwater.core.presentation.call;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ClientResponse;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Validates client responses, for both eras. A response must have the structure that MCP defines, otherwise the call
 * fails at once. The entries of a form must match its schema; if they do not, the client request is repeated once with
 * the reason, and then the call fails.
 */
public final class ResponseValidator {
    private ResponseValidator() {}

    /** Sends client requests and waits for all responses. */
    @FunctionalInterface
    public interface Exchange {
        /** Returns the results, under the keys of the requests. */
        Map<String, Json.Obj> send(Map<String, ClientRequest> requests);
    }

    /**
     * Sends the requests and returns the validated responses, in the same order.
     *
     * @throws ToolException when the entries of a form do not match its schema the second time either
     */
    public static Map<String, ClientResponse> exchange(Map<String, ClientRequest> requests, Exchange exchange) {
        var results = new LinkedHashMap<>(exchange.send(requests));
        var repeated = new LinkedHashMap<String, ClientRequest>();
        mismatches(requests, results)
                .forEach((key, mismatch) -> repeated.put(key, repeatWithReason(get(requests, key), mismatch)));
        if (!repeated.isEmpty()) {
            results.putAll(exchange.send(repeated));
            mismatches(repeated, results).forEach((key, mismatch) -> {
                throw rejected(key, mismatch);
            });
        }
        var responses = new LinkedHashMap<String, ClientResponse>();
        results.forEach((key, result) -> responses.put(key, new ClientResponse(result)));
        return responses;
    }

    private static Map<String, String> mismatches(Map<String, ClientRequest> requests, Map<String, Json.Obj> results) {
        var misfits = new LinkedHashMap<String, String>();
        requests.forEach((key, request) -> {
            var mismatch = mismatch(key, request, get(results, key));
            if (mismatch != null) {
                misfits.put(key, mismatch);
            }
        });
        return misfits;
    }

    private static <T> T get(Map<String, T> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    /**
     * Returns how the entries of the user differ from the form, as a sentence; null when they match.
     *
     * @throws McpException when the result does not have the structure that MCP defines
     */
    public static @Nullable String mismatch(String key, ClientRequest request, Json.Obj result) {
        checkShape(key, request, result);
        var form = "accept".equals(result.text("action")) ? FormValidator.of(request) : null;
        return form == null ? null : form.mismatch(result.get("content"));
    }

    /** Returns the same request with the reason for the repetition in its message. */
    public static ClientRequest repeatWithReason(ClientRequest request, String mismatch) {
        var params = Json.object();
        request.params().members().forEach(params::put);
        var message = Objects.requireNonNullElse(request.params().text("message"), "");
        params.put("message", message + "\n\nThe previous entries do not match the form: " + mismatch + ".");
        return new ClientRequest(request.method(), params.build(), request.capability(), request.form());
    }

    /** Creates the error for entries that do not match the second time. */
    public static ToolException rejected(String key, String mismatch) {
        return new ToolException(
                ErrorCode.INVALID_PARAMS, "The response to \"" + key + "\" does not match its form: " + mismatch + ".");
    }

    /**
     * Checks that a result has the structure that MCP defines.
     *
     * @throws McpException when it has not
     */
    public static void checkShape(String key, ClientRequest request, Json.Obj result) {
        boolean valid = switch (request.method()) {
            case "elicitation/create" -> isElicitResult(result);
            case "sampling/createMessage" -> result.text("role") != null && isSamplingContent(result.get("content"));
            case "roots/list" ->
                result.get("roots") instanceof Json.Arr(var roots)
                        && roots.stream().allMatch(ResponseValidator::isRoot);
            default -> true;
        };
        if (!valid) {
            throw McpException.invalidParams(
                    "The response to \"" + key + "\" is not a valid result of " + request.method());
        }
    }

    /** Accepts one content block, or an array of them (2025-11-25). */
    private static boolean isSamplingContent(@Nullable Json content) {
        return content instanceof Json.Obj
                || (content instanceof Json.Arr(var blocks) && blocks.stream().allMatch(Json.Obj.class::isInstance));
    }

    private static boolean isRoot(Json root) {
        return root instanceof Json.Obj object
                && object.text("uri") != null
                && (!object.has("name") || object.text("name") != null);
    }

    private static boolean isElicitResult(Json.Obj result) {
        return switch (result.text("action")) {
            case "accept" -> !result.has("content") || result.get("content") instanceof Json.Obj;
            case "decline", "cancel" -> true;
            case null, default -> false;
        };
    }
}
