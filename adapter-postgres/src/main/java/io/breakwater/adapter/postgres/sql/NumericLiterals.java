package io.breakwater.adapter.postgres.sql;

/**
 * Finds the end of numbers: {@code 42}, {@code 1_000}, {@code 0x1F}, {@code .5}, {@code 1.}, {@code 1e-3};
 * {@code 1..2} begins with the number 1.
 */
final class NumericLiterals {
    private NumericLiterals() {}

    /** Returns the end of the number that begins here. */
    static int endOf(String text, int from) {
        int radix = from + 1 < text.length() && text.charAt(from) == '0' ? radixOf(text.charAt(from + 1)) : 10;
        if (radix != 10) {
            int end = skipDigits(text, from + 2, radix);
            return end == from + 2 ? from + 1 : end;
        }
        int end = skipDigits(text, from, 10);
        if (end < text.length() && text.charAt(end) == '.' && !text.startsWith("..", end)) {
            end = skipDigits(text, end + 1, 10);
        }
        return afterExponent(text, end);
    }

    private static int radixOf(char c) {
        return switch (c) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    /** Skips digits. One underscore may precede each digit, except the first of a decimal number. */
    private static int skipDigits(String text, int from, int radix) {
        int at = from;
        while (at < text.length()) {
            boolean underscore = text.charAt(at) == '_' && (at > from || radix != 10);
            int digit = underscore ? at + 1 : at;
            if (digit == text.length()
                    || Character.digit(text.charAt(digit), radix) < 0
                    || text.charAt(digit) >= 0x80) {
                return at;
            }
            at = digit + 1;
        }
        return at;
    }

    private static int afterExponent(String text, int from) {
        if (from == text.length() || Character.toLowerCase(text.charAt(from)) != 'e') {
            return from;
        }
        int sign = from + 1;
        if (sign < text.length() && (text.charAt(sign) == '+' || text.charAt(sign) == '-')) {
            sign++;
        }
        int end = skipDigits(text, sign, 10);
        return end == sign ? from : end;
    }
}
