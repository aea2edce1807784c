package io.breakwater.core.presentation.access;

import io.breakwater.port.driving.HeaderFields;
import java.util.List;

/** The credential of a request, from its header fields. The query string is never used. */
sealed interface Credential {
    /** The maximum number of characters. */
    int MAX_LENGTH = 16 * 1024;

    /** The request has none. */
    Credential NONE = new None();

    /** The scheme of {@code Authorization} is not supported. */
    Credential UNSUPPORTED = new Unsupported();

    /** There is no credential. */
    record None() implements Credential {}

    /** There is one that the server does not support. */
    record Unsupported() implements Credential {}

    /**
     * The header fields do not have exactly one well-formed credential.
     *
     * @param reason why, in one sentence that does not repeat a value; characters of RFC 6750 only
     */
    record Malformed(String reason) implements Credential {}

    /** The value of {@code X-API-Key}. */
    record Key(String text) implements Credential {}

    /** The text after {@code Bearer}: an API key or a token. */
    record Bearer(String text) implements Credential {}

    /** Returns the credential in these header fields. */
    static Credential in(HeaderFields fields) {
        var authorization = fields.all("Authorization");
        var key = fields.all("X-API-Key");
        if (authorization.isEmpty() && key.isEmpty()) {
            return NONE;
        }
        if (authorization.size() + key.size() > 1) {
            return new Malformed("The request has more than one credential. Send one, in one header field.");
        }
        return key.isEmpty() ? inAuthorization(authorization.getFirst()) : inApiKey(key);
    }

    private static Credential inApiKey(List<String> values) {
        var text = values.getFirst();
        return isWellFormed(text, 0) ? new Key(text) : malformed("X-API-Key");
    }

    private static Credential inAuthorization(String value) {
        int end = value.indexOf(' ');
        int schemeLength = end < 0 ? value.length() : end;
        if (schemeLength == 0) {
            return malformed("Authorization");
        }
        boolean bearer = schemeLength == 6 && value.regionMatches(true, 0, "Bearer", 0, schemeLength);
        if (!bearer) {
            return UNSUPPORTED;
        }
        int from = schemeLength;
        while (from < value.length() && value.charAt(from) == ' ') {
            from++;
        }
        return isWellFormed(value, from) ? new Bearer(value.substring(from)) : malformed("Authorization");
    }

    private static Credential malformed(String field) {
        return new Malformed(
                "The credential in " + field + " must have 1 to 16384 visible ASCII characters without spaces.");
    }

    private static boolean isWellFormed(String value, int from) {
        int length = value.length();
        if (from == length || length - from > MAX_LENGTH) {
            return false;
        }
        for (int i = from; i < length; i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c >= 127) {
                return false;
            }
        }
        return true;
    }
}
