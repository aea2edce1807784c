package io.breakwater.port.driven;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to an HTTP service. Credentials, trace context and request id are added later, so they are not part of it.
 *
 * @param method the method, in upper case
 * @param target the path and the query as they are sent, beginning with a slash: ASCII, percent-encoded, without a
 *     fragment
 * @param fields further header fields
 * @param mediaType the media type of the body; null without a body
 * @param body the body; empty without a body
 * @param idempotencyKey the value of the field {@code Idempotency-Key}, with which the service has the effect of repeated
 *     requests once; null if there is none
 */
public record ServiceRequest(
        String method,
        String target,
        Map<String, String> fields,
        @Nullable String mediaType,
        byte[] body,
        @Nullable String idempotencyKey) {

    /** Copies the fields, and refuses a target that is no path. */
    public ServiceRequest {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("A target begins with a slash.");
        }
        fields = Map.copyOf(fields);
    }
}
