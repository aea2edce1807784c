package io.breakwater.core.presentation.tool.services;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The media type of a response (RFC 9110, section 8.3).
 *
 * @param name type and subtype in lower case; {@code application/octet-stream} if the response has no valid one
 * @param charsetName the value of the parameter {@code charset} in lower case; null if there is none
 */
record MediaType(String name, @Nullable String charsetName) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}");
    private static final Pattern TOKEN = Pattern.compile("[a-z0-9!#$&^_.:+-]{1,40}");
    private static final MediaType UNKNOWN = new MediaType("application/octet-stream", null);
    private static final Set<String> TEXTS = Set.of(
            "application/graphql",
            "application/javascript",
            "application/sql",
            "application/toml",
            "application/x-ndjson",
            "application/x-www-form-urlencoded",
            "application/xml",
            "application/yaml",
            "image/svg+xml");
    private static final Map<String, Charset> CHARSETS = Map.of(
            "utf-8", StandardCharsets.UTF_8,
            "utf8", StandardCharsets.UTF_8,
            "us-ascii", StandardCharsets.US_ASCII,
            "iso-8859-1", StandardCharsets.ISO_8859_1,
            "latin1", StandardCharsets.ISO_8859_1,
            "utf-16", StandardCharsets.UTF_16,
            "utf-16le", StandardCharsets.UTF_16LE,
            "utf-16be", StandardCharsets.UTF_16BE);

    static MediaType parse(@Nullable String contentType) {
        if (contentType == null) {
            return UNKNOWN;
        }
        var parts = contentType.toLowerCase(Locale.ROOT).split(";", 8);
        var name = parts[0].strip();
        if (!NAME.matcher(name).matches()) {
            return UNKNOWN;
        }
        String charset = null;
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.startsWith("charset=")) {
                charset = parameter
                        .substring("charset=".length())
                        .replace("\"", "")
                        .strip();
            }
        }
        return new MediaType(name, charset);
    }

    boolean isJson() {
        return (name.equals("application/json") || name.equals("text/json") || name.endsWith("+json"))
                && charset().filter(StandardCharsets.UTF_8::equals).isPresent();
    }

    boolean isText() {
        return name.startsWith("text/")
                || name.equals("application/json")
                || name.endsWith("+json")
                || name.endsWith("+xml")
                || TEXTS.contains(name);
    }

    /** Returns the charset, by default UTF-8; empty if it is not known. */
    Optional<Charset> charset() {
        return charsetName == null
                ? Optional.of(StandardCharsets.UTF_8)
                : Optional.ofNullable(CHARSETS.get(charsetName));
    }

    /** Returns the type for a caller that receives bytes. */
    String ofBytes() {
        return charsetName == null || !TOKEN.matcher(charsetName).matches() ? name : name + "; charset=" + charsetName;
    }
}
