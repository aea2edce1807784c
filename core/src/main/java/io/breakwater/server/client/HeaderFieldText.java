package io.breakwater.server.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Encodes text as the value of a header field (SEP-2243): unchanged where that is safe, otherwise as
 * {@code =?base64?…?=}.
 */
final class HeaderFieldText {
    private static final String OPENING = "=?base64?";
    private static final String CLOSING = "?=";

    private HeaderFieldText() {}

    static String encoded(String text) {
        boolean plain = text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
        return plain && !looksEncoded(text) && text.strip().equals(text)
                ? text
                : OPENING + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + CLOSING;
    }

    private static boolean looksEncoded(String text) {
        return text.startsWith(OPENING) && text.endsWith(CLOSING);
    }
}
