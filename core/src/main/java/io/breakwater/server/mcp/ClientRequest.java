package io.breakwater.server.mcp;

import io.breakwater.core.presentation.codec.FormCodec;
import io.breakwater.port.Json;
import org.jspecify.annotations.Nullable;

/**
 * A request from the server to the client: elicitation, sampling or the list of roots.
 *
 * @param method {@code elicitation/create}, {@code sampling/createMessage} or {@code roots/list}
 * @param params the parameters of the request, as MCP defines them
 * @param capability the capability that the client must have declared
 * @param form the record class that the user's entries must match, beside the schema in the parameters; null if there
 *     is none
 */
public record ClientRequest(
        String method,
        Json.Obj params,
        ClientCapability capability,
        @Nullable Class<? extends Record> form) {

    /** Creates a request without a record for its response. */
    public ClientRequest(String method, Json.Obj params, ClientCapability capability) {
        this(method, params, capability, null);
    }

    /**
     * Returns a request for a form with one field for each component of a record. Fields are strings, numbers,
     * booleans, enums and lists of enums. A field is required unless its component is {@code @Nullable} or {@code
     * Optional}, or has a default. {@link ClientResponse#content(Class)} returns the entries as this record.
     *
     * @param message one sentence on the purpose of the form
     * @throws io.breakwater.server.schema.InvalidSchemaException if a component cannot be a field of
     *     a form
     */
    public static ClientRequest form(String message, Class<? extends Record> form) {
        Preconditions.notNull(message, "ClientRequest", "form");
        var schema = FormCodec.of(Preconditions.notNull(form, "ClientRequest", "form"))
                .schema()
                .source();
        return new ClientRequest(
                "elicitation/create", formParams(message, schema), ClientCapability.ELICITATION_FORM, form);
    }

    /**
     * Returns a request for a form.
     *
     * @param message one sentence on the purpose of the form
     * @param schema a flat object schema ({@code type}, {@code properties}, {@code required})
     */
    public static ClientRequest form(String message, Json.Obj schema) {
        return new ClientRequest("elicitation/create", formParams(message, schema), ClientCapability.ELICITATION_FORM);
    }

    private static Json.Obj formParams(String message, Json.Obj schema) {
        return Json.object()
                .put("message", message)
                .put("requestedSchema", schema)
                .build();
    }

    /**
     * Returns a request to visit a URL, for data that must not pass through the client.
     *
     * @param id the id of this visit, which must be unguessable
     */
    public static ClientRequest openUrl(String message, String url, String id) {
        var params = Json.object()
                .put("mode", "url")
                .put("message", message)
                .put("url", url)
                .put("elicitationId", id);
        return new ClientRequest("elicitation/create", params.build(), ClientCapability.ELICITATION_URL);
    }

    /** Returns a request to the client's model with one user message. */
    public static ClientRequest sample(String prompt, int maxTokens) {
        var message = Json.object()
                .put("role", "user")
                .put("content", Content.text(prompt).json());
        return sample(Json.object()
                .put("messages", Json.array(message.build()))
                .put("maxTokens", maxTokens)
                .build());
    }

    /** Returns a request to the client's model with these {@code CreateMessageRequest} parameters. */
    public static ClientRequest sample(Json.Obj params) {
        return new ClientRequest("sampling/createMessage", params, ClientCapability.SAMPLING);
    }

    /** Returns a request for the client's roots. */
    public static ClientRequest roots() {
        return new ClientRequest("roots/list", Json.Obj.EMPTY, ClientCapability.ROOTS);
    }
}
