package io.breakwater.core.presentation.catalog;

import io.breakwater.port.Json;

/**
 * Something to ask the client for.
 *
 * @param method {@code elicitation/create}, {@code sampling/createMessage} or {@code roots/list}
 * @param params the request's parameters, as MCP writes them
 * @param needs what the client must be able to do
 */
public record Question(String method, Json.Obj params, Ability needs) {

    /**
     * A form for the user.
     *
     * @param message what it is for, in a sentence
     * @param schema a flat object schema ({@code type}, {@code properties}, {@code required})
     */
    public static Question form(String message, Json.Obj schema) {
        var params = Json.object().put("message", message).put("requestedSchema", schema);
        return new Question("elicitation/create", params.build(), Ability.ELICIT_FORM);
    }

    /**
     * A page for the user to visit, for what must not pass through the client.
     *
     * @param id names this visit, unguessable
     */
    public static Question visit(String message, String url, String id) {
        var params = Json.object()
                .put("mode", "url")
                .put("message", message)
                .put("url", url)
                .put("elicitationId", id);
        return new Question("elicitation/create", params.build(), Ability.ELICIT_URL);
    }

    /** One user message for the client's model. */
    public static Question sample(String prompt, int maxTokens) {
        var message = Json.object()
                .put("role", "user")
                .put("content", Content.text(prompt).json());
        return sample(Json.object()
                .put("messages", Json.array(message.build()))
                .put("maxTokens", maxTokens)
                .build());
    }

    /** A whole {@code CreateMessageRequest} for the client's model. */
    public static Question sample(Json.Obj params) {
        return new Question("sampling/createMessage", params, Ability.SAMPLE);
    }

    /** The client's roots. */
    public static Question roots() {
        return new Question("roots/list", Json.Obj.EMPTY, Ability.LIST_ROOTS);
    }
}
