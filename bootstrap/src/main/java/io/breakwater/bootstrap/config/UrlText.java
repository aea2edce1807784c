package io.breakwater.bootstrap.config;

import java.util.regex.Pattern;

/** The text of URLs, whose user and query can contain secrets. */
final class UrlText {
    private static final Pattern USER = Pattern.compile("//[^/?#]*@");
    private static final Pattern QUERY = Pattern.compile("\\?.*", Pattern.DOTALL);

    private UrlText() {}

    /** Whether a text, which need not be a URL, has a part that can contain a secret. */
    static boolean mayContainSecret(String text) {
        return text.indexOf('@') >= 0 || text.indexOf('?') >= 0;
    }

    /** Returns the URL for reports, with the user and the query masked. */
    static String masked(String url) {
        var withoutUser = USER.matcher(url).replaceFirst("//" + SecretValue.MASK + "@");
        return QUERY.matcher(withoutUser).replaceFirst("?" + SecretValue.MASK);
    }
}
