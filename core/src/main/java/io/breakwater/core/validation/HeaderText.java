package io.breakwater.core.validation;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Base64.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes strings in header fields, which contain visible ASCII only: other strings are encoded as {@code =?base64?…?=}
 * over their UTF-8. Decoding is strict, because a gateway that decodes the same header field must get the same string.
 */
public final class HeaderText {
    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";
    private static final int MIN_LENGTH = PREFIX.length() + SUFFIX.length();

    /** Decodes the basic alphabet, and refuses line breaks and other characters. */
    private static final Decoder BASE64 = Base64.getDecoder();

    private HeaderText() {}

    /** Returns the decoded string, or null when the value is neither visible ASCII nor valid Base64. */
    public static @Nullable String decode(String field) {
        boolean encoded = field.length() >= MIN_LENGTH && field.startsWith(PREFIX) && field.endsWith(SUFFIX);
        if (encoded) {
            return text(field.substring(PREFIX.length(), field.length() - SUFFIX.length()));
        }
        return isPlain(field) ? field : null;
    }

    private static boolean isPlain(String field) {
        return field.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0x7e));
    }

    private static @Nullable String text(String base64) {
        // The decoder of Java accepts missing padding.
        if (base64.length() % 4 != 0) {
            return null;
        }
        try {
            byte[] utf8 = BASE64.decode(base64);
            boolean canonical = Base64.getEncoder().encodeToString(utf8).equals(base64);
            return canonical
                    ? StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(utf8))
                            .toString()
                    : null;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }
}
