package io.breakwater.server.mcp;

import io.breakwater.core.presentation.codec.FormCodec;
import io.breakwater.port.Json;
import org.jspecify.annotations.Nullable;

/**
 * Something to ask the client for.
 *
 * @param method {@code elicitation/create}, {@code sampling/createMessage} or {@code roots/list}
 * @param params the request's parameters, as MCP writes them
 * @param needs what the client must be able to do
 * @param form the record that the user's entries must fit, beside the schema in the parameters; null when there is none
 */
public record ClientRequest(
        String method,
        Json.Obj params,
        ClientCapability needs,
        @Nullable Class<? extends Record> form) {

    /** A question without a record for its answer. */
    public ClientRequest(String method, Json.Obj params, ClientCapability needs) {
        this(method, params, needs, null);
    }

    /**
     * A form for the user, with a field for each component of a record. Fields are texts, numbers, booleans, enums and
     * lists of enums; a field is required unless its component is {@code @Nullable}, {@code Optional} or has a default.
     * {@link ClientResponse#content(Class)} gives the user's entries as that record.
     *
     * @param message what it is for, in a sentence
     * @throws io.breakwater.server.schema.InvalidSchemaException when a component cannot be a field
     */
    public static ClientRequest form(String message, Class<? extends Record> form) {
        var schema = FormCodec.of(form).schema().source();
        return new ClientRequest("elicitation/create", formParams(message, schema), ClientCapability.ELICIT_FORM, form);
    }

    /**
     * A form for the user.
     *
     * @param message what it is for, in a sentence
     * @param schema a flat object schema ({@code type}, {@code properties}, {@code required})
     */
    public static ClientRequest form(String message, Json.Obj schema) {
        return new ClientRequest("elicitation/create", formParams(message, schema), ClientCapability.ELICIT_FORM);
    }

    private static Json.Obj formParams(String message, Json.Obj schema) {
        return Json.object()
                .put("message", message)
                .put("requestedSchema", schema)
                .build();
    }

    /**
     * A page for the user to visit, for what must not pass through the client.
     *
     * @param id names this visit, unguessable
     */
    public static ClientRequest openUrl(String message, String url, String id) {
        var params = Json.object()
                .put("mode", "url")
                .put("message", message)
                .put("url", url)
                .put("elicitationId", id);
        return new ClientRequest("elicitation/create", params.build(), ClientCapability.ELICIT_URL);
    }

    /** One user message for the client's model. */
    public static ClientRequest sample(String prompt, int maxTokens) {
        var message = Json.object()
                .put("role", "user")
                .put("content", Content.text(prompt).json());
        return sample(Json.object()
                .put("messages", Json.array(message.build()))
                .put("maxTokens", maxTokens)
                .build());
    }

    /** A whole {@code CreateMessageRequest} for the client's model. */
    public static ClientRequest sample(Json.Obj params) {
        return new ClientRequest("sampling/createMessage", params, ClientCapability.SAMPLE);
    }

    /** The client's roots. */
    public static ClientRequest roots() {
        return new ClientRequest("roots/list", Json.Obj.EMPTY, ClientCapability.LIST_ROOTS);
    }
}
