package io.breakwater.adapter.postgres.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the settings that a statement reads with {@code current_setting('name')}. */
final class SettingCalls {
    static final String FUNCTION = "current_setting";
    private static final Pattern CONSTANT = Pattern.compile("'[A-Za-z_.]+'");

    private SettingCalls() {}

    /**
     * Adds the names of the settings, and an empty one for an unknown setting.
     *
     * @param unknown whether the statement may read a setting in another way
     */
    static void addTo(Set<String> settings, List<Token> tokens, boolean unknown) {
        if (unknown) {
            settings.add("");
        }
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i + 1).is('(') && tokens.get(i).isName() && isSettingFunction(tokens.get(i))) {
                settings.add(argument(tokens, i + 2));
            }
        }
    }

    private static boolean isSettingFunction(Token token) {
        return token.value().equals(FUNCTION)
                || (token.kind() == Token.Kind.WORD
                        && IdentifierFolding.fold(token.value()).equals(FUNCTION));
    }

    /** Returns the first argument if it is a constant, or an empty text. */
    private static String argument(List<Token> tokens, int i) {
        boolean ends = i + 1 < tokens.size()
                && (tokens.get(i + 1).is(')') || tokens.get(i + 1).is(','));
        boolean constant = ends
                && tokens.get(i).kind() == Token.Kind.STRING
                && CONSTANT.matcher(tokens.get(i).value()).matches();
        var value = constant ? tokens.get(i).value() : "''";
        return value.substring(1, value.length() - 1).toLowerCase(Locale.ROOT);
    }
}
