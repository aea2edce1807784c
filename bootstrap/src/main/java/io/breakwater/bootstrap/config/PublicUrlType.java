package io.breakwater.bootstrap.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The URL of the MCP endpoint as clients use it, which appears in documents for everyone. */
record PublicUrlType() implements SettingType<String> {
    private static final Pattern WRITTEN =
            Pattern.compile("https?://([^\\s/?#@]{1,255}?)(?::\\d{1,5})?(?:/[^\\s?#]{0,255}[^\\s?#/])?");

    @Override
    public @Nullable String parse(String text) {
        try {
            return WRITTEN.matcher(text).matches() && new URI(text).getRawAuthority() != null ? text : null;
        } catch (URISyntaxException malformed) {
            return null;
        }
    }

    /** Returns the host in a valid URL, without the port. */
    static String host(String url) {
        var written = WRITTEN.matcher(url);
        return written.matches() ? written.group(1) : "";
    }

    @Override
    public String text(String value) {
        return value;
    }

    @Override
    public String allowed() {
        return "a URL such as https://tools.example.com/mcp, without a user, a query and a fragment";
    }

    @Override
    public boolean mayContainSecret(String text) {
        return UrlText.mayContainSecret(text);
    }
}
