package io.breakwater.core.business.services;

import java.util.List;
import java.util.stream.Stream;

/**
 * Texts with which callers try to leave the place of a parameter: dot segments, separators and ends of lines, in the
 * encodings that servers resolve.
 */
final class HostileTexts {
    /** Texts that some server reads as another path, so that they must not be part of one. */
    static final List<String> OF_PATHS = List.of(
            ".",
            "..",
            "...",
            " .. ",
            "../",
            "/..",
            "../../admin",
            "a/../../admin",
            "a/./b",
            "..;",
            "..;/",
            "..;x=1/admin",
            ";/admin",
            ".;a",
            "%2e",
            "%2e%2e",
            "%2E%2e/",
            ".%2e",
            "%2e%2e%2fadmin",
            "..%2fadmin",
            "..%5cadmin",
            "%252e%252e",
            "%252e%252e%252fadmin",
            "%25252e%25252e",
            "%2525252525252525252e",
            "..%3b/admin",
            "%2e%2e%3b",
            "..%00",
            "%c0%ae%c0%ae",
            "%e0%80%ae",
            "%u002e%u002e",
            "%u002E%u002E%u002Fadmin",
            "\uFF0E\uFF0E",
            "\u2024\u2024",
            "\u2025",
            "..\uFF0Fadmin",
            "\uFF0Fetc",
            "\\",
            "..\\admin",
            "\\\\host\\share",
            "%5c",
            "%255c",
            "\uFF3C",
            "/",
            "//",
            "//evil.example",
            "/etc/passwd",
            "a//b",
            "a/",
            "%2f",
            "%2fetc%2fpasswd",
            "%252fetc",
            "a%2f%2fb",
            "",
            " ",
            "%20",
            "\u00A0");

    /** Texts that end a line or a text for some server. */
    static final List<String> WITH_CONTROLS = List.of(
            "\r\nHost: evil.example",
            "a\r\n\r\nGET /admin HTTP/1.1",
            "a\nb",
            "a\rb",
            "a\u0000b",
            "\u0000",
            "a\tb",
            "a\u007Fb",
            "a\u0085b");

    /** The same, encoded. */
    static final List<String> WITH_ENCODED_CONTROLS =
            List.of("%0d%0aHost:%20evil.example", "%0a", "%00", "a%2500b", "%250d%250a", "%u000a", "%c2%85");

    /** Texts with delimiters of URLs, which are data once they are encoded. */
    static final List<String> WITH_DELIMITERS = List.of(
            "?admin=true",
            "a?b",
            "#fragment",
            "a#b",
            "@evil.example",
            "user@evil.example",
            "evil.example:80",
            "http:evil.example",
            "&admin=true",
            "a=b",
            "a+b c",
            "a%3Fb",
            "a%26b",
            "100%",
            "%",
            "%zz",
            "{id}",
            "a;b",
            "a/b",
            "Zürich",
            "\uD83D\uDE00",
            "v1..2",
            "a\u2028b",
            "'\"<>|^`");

    private HostileTexts() {}

    static Stream<String> all() {
        return Stream.of(OF_PATHS, WITH_CONTROLS, WITH_ENCODED_CONTROLS, WITH_DELIMITERS)
                .flatMap(List::stream);
    }

    /** Texts that no path may contain. */
    static Stream<String> refusedInPaths() {
        return Stream.of(OF_PATHS, WITH_CONTROLS, WITH_ENCODED_CONTROLS).flatMap(List::stream);
    }
}
