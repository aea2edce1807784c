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

    /** The text after {@code DPoP}: a token that is bound to a key. */
    record Bound(String text) implements Credential {}

    /**
     * Returns the credential in these header fields.
     *
     * @param schemes the supported schemes; API keys belong to {@code Bearer}
     */
    static Credential in(HeaderFields fields, TokenSchemes schemes) {
        var authorization = fields.all("Authorization");
        var key = fields.all("X-API-Key");
        if (authorization.isEmpty() && key.isEmpty()) {
            return NONE;
        }
        if (authorization.size() + key.size() > 1) {
            return new Malformed("The request has more than one credential. Send one, in one header field.");
        }
        return key.isEmpty() ? inAuthorization(authorization.getFirst(), schemes) : inApiKey(key, schemes);
    }

    private static Credential inApiKey(List<String> values, TokenSchemes schemes) {
        if (!schemes.bearer()) {
            return UNSUPPORTED;
        }
        var text = values.getFirst();
        return isWellFormed(text, 0) ? new Key(text) : malformed("X-API-Key");
    }

    private static Credential inAuthorization(String value, TokenSchemes schemes) {
        int end = value.indexOf(' ');
        int schemeLength = end < 0 ? value.length() : end;
        if (schemeLength == 0) {
            return malformed("Authorization");
        }
        boolean bearer = schemes.bearer() && isScheme("Bearer", value, schemeLength);
        boolean bound = schemes.dpop() && isScheme("DPoP", value, schemeLength);
        if (!bearer && !bound) {
            return UNSUPPORTED;
        }
        int from = schemeLength;
        while (from < value.length() && value.charAt(from) == ' ') {
            from++;
        }
        if (!isWellFormed(value, from)) {
            return malformed("Authorization");
        }
        var text = value.substring(from);
        return bearer ? new Bearer(text) : new Bound(text);
    }

    private static boolean isScheme(String scheme, String value, int length) {
        return length == scheme.length() && value.regionMatches(true, 0, scheme, 0, length);
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
