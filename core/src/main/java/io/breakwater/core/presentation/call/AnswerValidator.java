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
        Map<String, Json.Obj> results(Map<String, ClientRequest> questions);
    }

    /**
     * The answers to these questions, in their order.
     *
     * @throws ToolException when a form that was sent a second time does not fit either
     */
    public static Map<String, ClientResponse> ask(Map<String, ClientRequest> questions, Exchange exchange) {
        var results = new LinkedHashMap<>(exchange.results(questions));
        var again = new LinkedHashMap<String, ClientRequest>();
        misfits(questions, results).forEach((key, misfit) -> again.put(key, again(get(questions, key), misfit)));
        if (!again.isEmpty()) {
            results.putAll(exchange.results(again));
            misfits(again, results).forEach((key, misfit) -> {
                throw refused(key, misfit);
            });
        }
        var answers = new LinkedHashMap<String, ClientResponse>();
        results.forEach((key, result) -> answers.put(key, new ClientResponse(result)));
        return answers;
    }

    private static Map<String, String> misfits(Map<String, ClientRequest> questions, Map<String, Json.Obj> results) {
        var misfits = new LinkedHashMap<String, String>();
        questions.forEach((key, question) -> {
            var misfit = misfit(key, question, get(results, key));
            if (misfit != null) {
                misfits.put(key, misfit);
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
    public static @Nullable String misfit(String key, ClientRequest question, Json.Obj result) {
        checkShape(key, question, result);
        var form = "accept".equals(result.text("action")) ? FormValidator.of(question) : null;
        return form == null ? null : form.misfit(result.get("content"));
    }

    /** The same question, with the reason why it is asked again. */
    public static ClientRequest again(ClientRequest question, String misfit) {
        var params = Json.object();
        question.params().members().forEach(params::put);
        var message = Objects.requireNonNullElse(question.params().text("message"), "");
        params.put("message", message + "\n\nThe previous answer does not fit the form: " + misfit + ".");
        return new ClientRequest(question.method(), params.build(), question.needs(), question.form());
    }

    /** The answer does not fit, and the user has been asked twice. */
    public static ToolException refused(String key, String misfit) {
        return new ToolException(
                ErrorCode.INVALID_PARAMS, "The answer to \"" + key + "\" does not fit its form: " + misfit + ".");
    }

    /**
     * Refuses a result that does not have the shape that MCP gives it.
     *
     * @throws McpException when it does not
     */
    public static void checkShape(String key, ClientRequest question, Json.Obj result) {
        boolean proper = switch (question.method()) {
            case "elicitation/create" -> elicited(result);
            case "sampling/createMessage" -> result.text("role") != null && sampled(result.get("content"));
            case "roots/list" ->
                result.get("roots") instanceof Json.Arr(var roots)
                        && roots.stream().allMatch(AnswerValidator::root);
            default -> true;
        };
        if (!proper) {
            throw McpException.invalidParams("The answer to \"" + key + "\" is not a result of " + question.method());
        }
    }

    /** One block, or a list of them (2025-11-25). */
    private static boolean sampled(@Nullable Json content) {
        return content instanceof Json.Obj
                || (content instanceof Json.Arr(var blocks) && blocks.stream().allMatch(Json.Obj.class::isInstance));
    }

    private static boolean root(Json root) {
        return root instanceof Json.Obj object
                && object.text("uri") != null
                && (!object.has("name") || object.text("name") != null);
    }

    private static boolean elicited(Json.Obj result) {
        return switch (result.text("action")) {
            case "accept" -> !result.has("content") || result.get("content") instanceof Json.Obj;
            case "decline", "cancel" -> true;
            case null, default -> false;
        };
    }
}
