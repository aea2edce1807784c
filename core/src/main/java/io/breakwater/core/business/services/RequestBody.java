package io.breakwater.core.business.services;

import io.breakwater.core.business.services.ApiRequest.BodyFormat;
import io.breakwater.port.CallContext;
import io.breakwater.port.CallContext.Reservation;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request.
 *
 * @param mediaType the media type; null without a body
 */
record RequestBody(@Nullable String mediaType, byte[] bytes) {
    private static final RequestBody NONE = new RequestBody(null, new byte[0]);
    private static final int WITHOUT_RESERVATION = 8 << 10;

    static RequestBody of(ApiRequest request, CallContext context) {
        var data = request.data();
        if (data == null || data == Json.Null.NULL) {
            return NONE;
        }
        if (request.isSafe()) {
            throw InvalidRequest.because("A GET request has no data. Pass the values in params.");
        }
        var body = encode(data, request.format());
        if (body.bytes.length > WITHOUT_RESERVATION && context.reserve(body.bytes.length) != Reservation.RESERVED) {
            throw new RefusedException(
                    Reason.OVERLOADED, "The server has no memory for this request at present. Retry later.", null);
        }
        return body;
    }

    private static RequestBody encode(Json data, BodyFormat format) {
        return switch (format) {
            case JSON -> new RequestBody("application/json", JsonWriter.bytes(data));
            case FORM -> {
                if (!(data instanceof Json.Obj form)) {
                    throw InvalidRequest.because("data must be an object if content_type is form.");
                }
                yield text("application/x-www-form-urlencoded", FormText.of(form.members(), "data"));
            }
            case TEXT -> {
                if (!(data instanceof Json.Text(var text))) {
                    throw InvalidRequest.because("data must be a string if content_type is text.");
                }
                yield text("text/plain; charset=utf-8", text);
            }
        };
    }

    private static RequestBody text(String mediaType, String text) {
        return new RequestBody(mediaType, text.getBytes(StandardCharsets.UTF_8));
    }
}
