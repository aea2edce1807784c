package io.breakwater.port.driving;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Decodes the path of a request strictly (RFC 3986 section 3.3), so that a handler cannot be led outside of its own
 * paths: what is refused here, parsers and file systems interpret differently.
 */
final class ResourcePath {
    private static final char LAST_ASCII = 127;

    private ResourcePath() {}

    /**
     * Returns the decoded path, or empty if it is not acceptable: if it does not begin with a slash, has an empty
     * segment other than the last, a segment {@code .} or {@code ..}, a malformed percent-encoding, text that is not
     * UTF-8, or an encoded slash, a backslash, a percent sign or a control character.
     *
     * @param path the path as it was sent, without the query
     */
    static Optional<String> decode(String path) {
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        var decoded = new StringBuilder(path.length());
        var segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            var segment = decodeSegment(segments[i]);
            if (segment.isEmpty() || (segment.get().isEmpty() && i < segments.length - 1)) {
                return Optional.empty();
            }
            decoded.append('/').append(segment.get());
        }
        return Optional.of(decoded.toString());
    }

    private static Optional<String> decodeSegment(String segment) {
        return decodePercent(segment).filter(ResourcePath::isPlain);
    }

    private static Optional<String> decodePercent(String segment) {
        var bytes = new ByteArrayOutputStream(segment.length());
        int next = 0;
        while (next < segment.length()) {
            char character = segment.charAt(next);
            boolean encoded = character == '%';
            if (character > LAST_ASCII || (encoded && !isHexPair(segment, next + 1))) {
                return Optional.empty();
            }
            bytes.write(encoded ? HexFormat.fromHexDigits(segment, next + 1, next + 3) : character);
            next += encoded ? 3 : 1;
        }
        return utf8(bytes.toByteArray());
    }

    private static boolean isHexPair(String text, int at) {
        return at + 1 < text.length()
                && HexFormat.isHexDigit(text.charAt(at))
                && HexFormat.isHexDigit(text.charAt(at + 1));
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(String segment) {
        return !segment.equals(".")
                && !segment.equals("..")
                && segment.chars()
                        .noneMatch(next -> next == '/' || next == '\\' || next == '%' || Character.isISOControl(next));
    }
}
