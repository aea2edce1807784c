package io.breakwater.adapter.http;

/** The syntax of request methods (RFC 9110 sections 5.6.2 and 9.1). */
final class HttpMethodName {
    private static final String SPECIAL = "!#$%&'*+-.^_`|~";

    private HttpMethodName() {}

    /** Whether the text is a token; an empty one, which Netty refuses itself, counts as one. */
    static boolean isToken(CharSequence text) {
        return text.chars().allMatch(HttpMethodName::isTokenCharacter);
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || SPECIAL.indexOf(c) >= 0;
    }
}
