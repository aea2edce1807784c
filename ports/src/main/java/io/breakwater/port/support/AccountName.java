package io.breakwater.port.support;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names of accounts: unique regardless of case, and the same in the store, in tokens and in access rules. */
public final class AccountName {
    /** The allowed characters, for messages. */
    public static final String ALLOWED = "1 to 100 characters of a-z 0-9 . _ @ + -, beginning with a letter or digit";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,99}");

    private AccountName() {}

    /** Returns the name in lower case, or empty if no account can have it. */
    public static Optional<String> parse(String text) {
        var name = text.toLowerCase(Locale.ROOT);
        return isValid(name) ? Optional.of(name) : Optional.empty();
    }

    /** Returns true if the text is the name of an account as it is stored. */
    public static boolean isValid(String text) {
        return NAME.matcher(text).matches();
    }
}
