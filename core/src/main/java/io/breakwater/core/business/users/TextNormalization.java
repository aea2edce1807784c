package io.breakwater.core.business.users;

import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.text.Normalizer;
import java.util.function.IntPredicate;

/**
 * How names and addresses are written: without spaces around them and in Unicode's composed form (NFC), so that what
 * looks the same is the same. An address is not proved to exist; it is only seen to be one.
 */
final class TextNormalization {
    private static final int LONGEST_NAME = 200;

    /** RFC 5321, section 4.5.3.1.3, without the brackets. */
    private static final int LONGEST_EMAIL = 254;

    private TextNormalization() {}

    static String name(String written) {
        var name = normal(written);
        if (name.isEmpty() || length(name) > LONGEST_NAME) {
            throw refused("A name has 1 to " + LONGEST_NAME + " characters beside the spaces around it.");
        }
        if (name.codePoints().anyMatch(TextNormalization::isNoText)) {
            throw refused("A name holds no control characters and no line breaks.");
        }
        return name;
    }

    static String email(String written) {
        var email = normal(written);
        if (length(email) > LONGEST_EMAIL) {
            throw refused("An email address has at most " + LONGEST_EMAIL + " characters.");
        }
        int at = email.indexOf('@');
        if (at < 1 || at != email.lastIndexOf('@') || at == email.length() - 1) {
            throw refused("An email address has one @ with something on both sides of it.");
        }
        if (email.codePoints().anyMatch(((IntPredicate) TextNormalization::isNoText).or(TextNormalization::isUnseen))) {
            throw refused("An email address holds no spaces and no control characters.");
        }
        return email;
    }

    private static String normal(String written) {
        var text = Normalizer.normalize(written, Normalizer.Form.NFC);
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isNoText(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static boolean isUnseen(int character) {
        return Character.isSpaceChar(character) || Character.getType(character) == Character.FORMAT;
    }

    private static PortException refused(String sentence) {
        return new PortException.RefusedException(Reason.INVALID, sentence, null);
    }
}
