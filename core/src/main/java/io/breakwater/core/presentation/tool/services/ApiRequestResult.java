package io.breakwater.core.presentation.tool.services;

import io.breakwater.port.Json;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;

/** The result of {@code api_request}. */
record ApiRequestResult(
        @Description("The name of the service.") String service,

        @Description("The HTTP method.") ApiRequestArguments.Method method,

        @Description("The endpoint, as it was sent.") String endpoint,

        @Description("The HTTP status, from 200 to 299.") @Name("http_status")
        int httpStatus,

        @Description(
                "The body of the response. A JSON body is this value itself. A text is an object with content_type and"
                        + " text. Every other body is an object with content_type and base64. null if the body is empty.")
        Json result,

        @Description("Always success.") Status status) {

    /** The status of a result. */
    enum Status {
        @Name("success")
        SUCCESS
    }
}
