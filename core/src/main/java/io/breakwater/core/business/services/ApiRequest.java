package io.breakwater.core.business.services;

import io.breakwater.port.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of a caller to a service.
 *
 * @param service the name of the service
 * @param method the method: GET, POST, PUT, PATCH or DELETE
 * @param template the path as the caller wrote it, for messages
 * @param endpoint the filled template
 * @param headers the header fields of the caller
 * @param data the contents of the body; null for none
 * @param format the format of the body
 */
public record ApiRequest(
        String service,
        String method,
        String template,
        Endpoint endpoint,
        Map<String, String> headers,
        @Nullable Json data,
        BodyFormat format) {

    /** Copies the fields. */
    public ApiRequest {
        headers = Map.copyOf(headers);
    }

    /** The formats of bodies. */
    public enum BodyFormat {
        /** JSON. */
        JSON,
        /** A form as browsers send it: {@code application/x-www-form-urlencoded}. */
        FORM,
        /** Plain text in UTF-8. */
        TEXT
    }

    /** Returns true if the request only reads (RFC 9110, section 9.2.1). */
    boolean isSafe() {
        return method.equals("GET");
    }
}
