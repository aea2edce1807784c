package io.breakwater.server.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Percent-encoded text of a URI (RFC 3986, section 2.1). A plus sign is a plus sign. */
final class PercentDecoder {
    private PercentDecoder() {}

    /** What may stand in a segment of a path as it is (RFC 3986, section 3.3). */
    private static final String PLAIN =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@";

    /** The text as one segment of a URI. */
    static String encoded(String text) {
        var encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /** What the text stands for; null when an escape is none, or the bytes are no UTF-8. */
    static @Nullable String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var bytes = new ByteArrayOutputStream(text.length());
        var given = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < given.length; i++) {
            if (given[i] != '%') {
                bytes.write(given[i]);
            } else if (isEscape(given, i)) {
                bytes.write(HexFormat.fromHexDigit(given[i + 1]) << 4 | HexFormat.fromHexDigit(given[i + 2]));
                i += 2;
            } else {
                return null;
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static boolean isEscape(byte[] text, int at) {
        return at + 2 < text.length && HexFormat.isHexDigit(text[at + 1]) && HexFormat.isHexDigit(text[at + 2]);
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
