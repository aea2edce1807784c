package io.breakwater.core.presentation.tool.services;

import io.breakwater.core.business.idempotency.IdempotencyKeys;
import io.breakwater.core.business.services.ApiRequest;
import io.breakwater.core.business.services.ApiRequest.BodyFormat;
import io.breakwater.core.business.services.Endpoint;
import io.breakwater.port.Json;
import io.breakwater.server.schema.Default;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Name;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code api_request}. */
record ApiRequestArguments(
        @Description("The name of the service, exactly as list_services returns it.") @Length(min = 1, max = 128)
        String service,

        @Description("The HTTP method.") Method method,

        @Description("The path, which begins with /, without host, query and fragment. {name} stands for the member of"
                + " params with this name, for example /users/{id}/orders.")
        @Name(ENDPOINT)
        @Length(min = 1, max = 2_048)
        String endpoint,

        @Description("Strings, numbers and booleans. Members that endpoint names fill one segment of the path each, and"
                + " are encoded as needed. The others form the query; an array repeats its name.")
        @Name(PARAMS)
        Json.@Nullable Obj params,

        @Description("The body, which a GET request must not have: any value for json, an object for form, a string for"
                + " text.")
        @Nullable
        Json data,

        @Description("Header fields. Only those that list_services names for the service are accepted.") @Nullable
        Map<String, String> headers,

        @Description("The format of data: json, form (as HTML forms send it) or text.")
        @Name("content_type")
        @Default("json")
        ContentType contentType,

        @Description(IDEMPOTENCY_KEY_MEANING)
        @Name(IDEMPOTENCY_KEY)
        @Length(min = 1, max = IdempotencyKeys.MAX_LENGTH)
        @Nullable
        String idempotencyKey) {

    static final String IDEMPOTENCY_KEY = "idempotency_key";
    static final String IDEMPOTENCY_KEY_MEANING = "A text that you choose for a request that changes something, for"
            + " example a UUID. If you do not know whether the request had its effect, repeat the call with the same text"
            + " and the same arguments: the effect does not happen twice. Use another text for another request.";

    static final String ENDPOINT = "endpoint";
    static final String PARAMS = "params";

    /** The methods. */
    enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /** The formats of bodies. */
    enum ContentType {
        @Name("json")
        JSON,
        @Name("form")
        FORM,
        @Name("text")
        TEXT
    }

    Endpoint filledEndpoint() {
        return Endpoint.of(endpoint, params == null ? Json.Obj.EMPTY : params);
    }

    ApiRequest request(Endpoint filled) {
        return new ApiRequest(
                service, method.name(), endpoint, filled, headers == null ? Map.of() : headers, data, format());
    }

    private BodyFormat format() {
        return switch (contentType) {
            case JSON -> BodyFormat.JSON;
            case FORM -> BodyFormat.FORM;
            case TEXT -> BodyFormat.TEXT;
        };
    }

    /** Returns the arguments as JSON, without defaults, so that they equal those of a call that omits them. */
    Json.Obj json() {
        var json = Json.object()
                .put("service", service)
                .put("method", method.name())
                .put(ENDPOINT, endpoint)
                .putIfPresent(PARAMS, params)
                .putIfPresent("data", data);
        if (headers != null) {
            var fields = Json.object();
            headers.forEach(fields::put);
            json.put("headers", fields.build());
        }
        if (contentType != ContentType.JSON) {
            json.put("content_type", contentType.name().toLowerCase(Locale.ROOT));
        }
        return json.putIfPresent(IDEMPOTENCY_KEY, idempotencyKey).build();
    }
}
