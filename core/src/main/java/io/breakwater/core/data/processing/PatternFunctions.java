package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions with a regular expression as an argument, and their variants with a plain text. */
final class PatternFunctions {

    private PatternFunctions() {}

    /** {@code $contains(text, pattern)}. */
    static @Nullable Object contains(FunctionArguments arguments) {
        var text = arguments.text(0);
        if (text == null) {
            return null;
        }
        var plain = arguments.text(1);
        return plain != null
                ? text.contains(plain)
                : pattern(arguments).matcher(text).find();
    }

    /** {@code $match(text, pattern, limit?)}; returns a sequence of {@code match}, {@code index}, {@code groups}. */
    static @Nullable Object match(FunctionArguments arguments) {
        var text = arguments.text(0);
        if (text == null) {
            return null;
        }
        int limit = limit(arguments, 2);
        var matcher = pattern(arguments).matcher(text);
        var found = Utils.createSequence();
        while (found.size() < limit && PatternFunction.advance(matcher)) {
            var match = new LinkedHashMap<String, Object>();
            match.put("match", matcher.group());
            match.put("index", matcher.start());
            match.put("groups", PatternFunction.groups(matcher));
            found.add(match);
        }
        return found;
    }

    /** {@code $split(text, separator, limit?)}. */
    static @Nullable Object split(FunctionArguments arguments) {
        var text = arguments.text(0);
        if (text == null) {
            return null;
        }
        int limit = limit(arguments, 2);
        var separator = arguments.text(1);
        return separator != null ? splitPlain(text, separator, limit) : splitByPattern(text, pattern(arguments), limit);
    }

    private static List<Object> splitPlain(String text, String separator, int limit) {
        var parts = new ArrayList<>();
        int position = 0;
        while (parts.size() < limit) {
            int end = separator.isEmpty() ? nextCharacter(text, position) : text.indexOf(separator, position);
            if (end < 0) {
                parts.add(text.substring(position));
                break;
            }
            parts.add(text.substring(position, end));
            position = end + separator.length();
        }
        return parts;
    }

    /** Returns the end of the character at a position, or -1 if it is the last one. */
    private static int nextCharacter(String text, int position) {
        int end = position >= text.length() ? text.length() : text.offsetByCodePoints(position, 1);
        return end >= text.length() ? -1 : end;
    }

    private static List<Object> splitByPattern(String text, PatternFunction pattern, int limit) {
        var parts = new ArrayList<>();
        var matcher = pattern.matcher(text);
        int position = 0;
        while (parts.size() < limit) {
            if (!PatternFunction.advance(matcher)) {
                parts.add(text.substring(position));
                break;
            }
            parts.add(text.substring(position, matcher.start()));
            position = matcher.end();
        }
        return parts;
    }

    /** {@code $replace(text, pattern, replacement, limit?)}. */
    static @Nullable Object replace(FunctionArguments arguments) {
        var text = arguments.text(0);
        if (text == null) {
            return null;
        }
        int limit = limit(arguments, 3);
        var plain = arguments.text(1);
        if (plain == null) {
            return Replacement.of(arguments, 2).replace(pattern(arguments).matcher(text), text, limit);
        }
        if (plain.isEmpty()) {
            throw EvaluationLimitException.because("The second argument of $replace must not be empty.");
        }
        return replacePlain(text, plain, arguments, limit);
    }

    private static String replacePlain(String text, String plain, FunctionArguments arguments, int limit) {
        var replacement = arguments.text(2);
        if (replacement == null) {
            throw EvaluationLimitException.because(
                    "If the second argument of $replace is a string, the third must be a string too.");
        }
        var result = new StringBuilder();
        int position = 0;
        for (int count = 0; count < limit; count++) {
            int found = text.indexOf(plain, position);
            if (found < 0) {
                break;
            }
            result.append(text, position, found).append(replacement);
            arguments.budget().checkSize(result.length());
            position = found + plain.length();
        }
        return result.append(text, position, text.length()).toString();
    }

    private static int limit(FunctionArguments arguments, int index) {
        int limit = arguments.number(index, Integer.MAX_VALUE);
        if (limit < 0) {
            throw EvaluationLimitException.because("The limit of $match, $split and $replace must not be negative.");
        }
        return limit;
    }

    private static PatternFunction pattern(FunctionArguments arguments) {
        if (arguments.get(1) instanceof PatternFunction pattern) {
            return pattern;
        }
        throw EvaluationLimitException.because(
                "The second argument must be a string or a regular expression between slashes.");
    }
}
