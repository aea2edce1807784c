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
 * Holds answers to their questions, on both wires. A result must have the shape that MCP gives it, or the call fails at
 * once: that is a mistake of the client. What a user entered must fit the form; the user is asked once more when it
 * does not, and told why, and then the call fails.
 */
public final class AnswerValidator {
    private AnswerValidator() {}

    /** Sends questions to the client and waits for the result of each. */
    @FunctionalInterface
    public interface Exchange {
        /** The results, under the keys of the questions. */
        Map<String, Json.Obj> send(Map<String, ClientRequest> requests);
    }

    /**
     * The answers to these questions, in their order.
     *
     * @throws ToolException when a form that was sent a second time does not fit either
     */
    public static Map<String, ClientResponse> exchange(Map<String, ClientRequest> requests, Exchange exchange) {
        var results = new LinkedHashMap<>(exchange.send(requests));
        var repeated = new LinkedHashMap<String, ClientRequest>();
        mismatches(requests, results).forEach((key, mismatch) -> repeated.put(key, repeatWithReason(get(requests, key), mismatch)));
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
     * Why what the user entered does not fit the form, in a sentence; null when it fits.
     *
     * @throws McpException when the result does not have the shape that MCP gives it
     */
    public static @Nullable String mismatch(String key, ClientRequest request, Json.Obj result) {
        checkShape(key, request, result);
        var form = "accept".equals(result.text("action")) ? FormValidator.of(request) : null;
        return form == null ? null : form.mismatch(result.get("content"));
    }

    /** The same question, with the reason why it is asked again. */
    public static ClientRequest repeatWithReason(ClientRequest request, String mismatch) {
        var params = Json.object();
        request.params().members().forEach(params::put);
        var message = Objects.requireNonNullElse(request.params().text("message"), "");
        params.put("message", message + "\n\nThe previous answer does not fit the form: " + mismatch + ".");
        return new ClientRequest(request.method(), params.build(), request.needs(), request.form());
    }

    /** The answer does not fit, and the user has been asked twice. */
    public static ToolException rejected(String key, String mismatch) {
        return new ToolException(
                ErrorCode.INVALID_PARAMS, "The answer to \"" + key + "\" does not fit its form: " + mismatch + ".");
    }

    /**
     * Refuses a result that does not have the shape that MCP gives it.
     *
     * @throws McpException when it does not
     */
    public static void checkShape(String key, ClientRequest request, Json.Obj result) {
        boolean valid = switch (request.method()) {
            case "elicitation/create" -> isElicitResult(result);
            case "sampling/createMessage" -> result.text("role") != null && isSamplingContent(result.get("content"));
            case "roots/list" ->
                result.get("roots") instanceof Json.Arr(var roots)
                        && roots.stream().allMatch(AnswerValidator::isRoot);
            default -> true;
        };
        if (!valid) {
            throw McpException.invalidParams("The answer to \"" + key + "\" is not a result of " + request.method());
        }
    }

    /** One block, or a list of them (2025-11-25). */
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
