package io.breakwater.core.business.users;

import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.text.Normalizer;
import java.util.function.IntPredicate;

/**
 * Normalizes names and email addresses: without surrounding spaces and in Unicode normalization form NFC, so that
 * equal-looking texts are equal. It checks only the form of an address, not its existence.
 */
final class TextNormalization {
    private static final int MAX_NAME_LENGTH = 200;

    /** RFC 5321, section 4.5.3.1.3, without the brackets. */
    private static final int MAX_EMAIL_LENGTH = 254;

    private TextNormalization() {}

    static String name(String input) {
        var name = normalize(input);
        if (name.isEmpty() || length(name) > MAX_NAME_LENGTH) {
            throw refusal("A name must have 1 to " + MAX_NAME_LENGTH + " characters, not counting spaces around it.");
        }
        if (name.codePoints().anyMatch(TextNormalization::isForbidden)) {
            throw refusal("A name must not contain control characters or line breaks.");
        }
        return name;
    }

    static String email(String input) {
        var email = normalize(input);
        if (length(email) > MAX_EMAIL_LENGTH) {
            throw refusal("An email address must have at most " + MAX_EMAIL_LENGTH + " characters.");
        }
        int at = email.indexOf('@');
        if (at < 1 || at != email.lastIndexOf('@') || at == email.length() - 1) {
            throw refusal("An email address must have exactly one @, with characters on both sides of it.");
        }
        if (email.codePoints()
                .anyMatch(((IntPredicate) TextNormalization::isForbidden).or(TextNormalization::isInvisible))) {
            throw refusal("An email address must not contain spaces or control characters.");
        }
        return email;
    }

    private static String normalize(String input) {
        var text = Normalizer.normalize(input, Normalizer.Form.NFC);
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

    private static boolean isForbidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static boolean isInvisible(int character) {
        return Character.isSpaceChar(character) || Character.getType(character) == Character.FORMAT;
    }

    private static PortException refusal(String sentence) {
        return new PortException.RefusedException(Reason.INVALID, sentence, null);
    }
}
