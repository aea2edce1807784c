package io.breakwater.core.presentation.tool.services;

import io.breakwater.core.presentation.json.JsonDocuments;
import io.breakwater.port.CallContext;
import io.breakwater.port.CallContext.Reservation;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Converts the body of a response to JSON for the caller: JSON stays as it is, and a text or other bytes are in an object
 * with their media type. A body that is not what its media type says is a text, or else bytes.
 */
final class ResponseContent {
    /** The result is in a response twice, and its second copy is quoted. */
    private static final int COPIES = 4;

    /** The memory for a result in relation to its body, including the check of a JSON body. */
    private static final long WEIGHT = 8;

    private static final int WITHOUT_RESERVATION = 8 << 10;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int maxBytes;

    /** Creates the conversion for results of at most this size. */
    ResponseContent(int maxResultBytes) {
        this.maxBytes = maxResultBytes / COPIES;
    }

    /** What became of a body. */
    sealed interface Converted {
        /** The value for the caller. */
        record Value(Json json) implements Converted {}

        /** The body does not fit. */
        record TooLarge(String reason) implements Converted {}

        /** Other calls use the memory that the body needs. */
        record NoMemory() implements Converted {}
    }

    Converted convert(@Nullable String contentType, byte[] body, CallContext context) {
        if (body.length == 0) {
            return new Converted.Value(Json.Null.NULL);
        }
        if (body.length > maxBytes) {
            return tooLarge(body.length);
        }
        var reservation =
                body.length > WITHOUT_RESERVATION ? context.reserve(WEIGHT * body.length) : Reservation.RESERVED;
        return switch (reservation) {
            case RESERVED -> converted(contentType, body);
            case NONE_NOW -> new Converted.NoMemory();
            case NEVER -> new Converted.TooLarge("its body needs more memory than one caller may use");
        };
    }

    private Converted converted(@Nullable String contentType, byte[] body) {
        var json = new Json.Raw(JsonWriter.bytes(value(MediaType.parse(contentType), body)));
        return json.utf8().length > maxBytes ? tooLarge(json.utf8().length) : new Converted.Value(json);
    }

    private Converted tooLarge(int bytes) {
        return new Converted.TooLarge(
                "its body needs " + bytes + " bytes in the result, and the limit is " + maxBytes + " bytes");
    }

    private static Json value(MediaType type, byte[] body) {
        if (type.isJson()) {
            var document = withoutByteOrderMark(body);
            if (JsonDocuments.isValid(document)) {
                return new Json.Raw(document);
            }
        }
        return (type.isText() ? type.charset().flatMap(charset -> decode(body, charset)) : Optional.<String>empty())
                .map(text -> object(type.name(), "text", text))
                .orElseGet(() ->
                        object(type.ofBytes(), "base64", Base64.getEncoder().encodeToString(body)));
    }

    private static Json object(String type, String member, String content) {
        return Json.object().put("content_type", type).put(member, content).build();
    }

    private static byte[] withoutByteOrderMark(byte[] body) {
        boolean marked = body.length > 3 && Arrays.equals(body, 0, 3, BYTE_ORDER_MARK, 0, 3);
        return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
    }

    private static Optional<String> decode(byte[] body, Charset charset) {
        var text = charset.equals(StandardCharsets.UTF_8) ? withoutByteOrderMark(body) : body;
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(text)).toString());
        } catch (CharacterCodingException otherBytes) {
            return Optional.empty();
        }
    }
}
