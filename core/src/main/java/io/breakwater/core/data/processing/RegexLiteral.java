package io.breakwater.core.data.processing;

import io.breakwater.core.business.processing.ProcessingException;

/** Finds the end of a regular expression literal, by the rule of the evaluator: a slash outside all brackets. */
final class RegexLiteral {

    private RegexLiteral() {}

    /**
     * Returns the position of the closing slash.
     *
     * @param start the position of the first character of the pattern
     */
    static int end(String source, int start) {
        int depth = 0;
        for (int i = start; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (c == '/' && depth == 0) {
                return notEmpty(start, i);
            }
        }
        throw new ProcessingException(
                "The regular expression at character %d has no closing slash outside its brackets.".formatted(start));
    }

    private static int notEmpty(int start, int end) {
        if (start == end) {
            throw new ProcessingException("The regular expression at character %d is empty.".formatted(start));
        }
        return end;
    }
}
