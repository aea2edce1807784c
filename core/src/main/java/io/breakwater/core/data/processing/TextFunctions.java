package io.breakwater.core.data.processing;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions on texts that the library would not limit, or whose results would depend on the locale of the host. */
final class TextFunctions {

    private TextFunctions() {}

    static @Nullable Object lowercase(FunctionArguments arguments) {
        var text = arguments.text(0);
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    static @Nullable Object uppercase(FunctionArguments arguments) {
        var text = arguments.text(0);
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    /** {@code $substring(text, start, length?)} in characters; a negative start counts from the end. */
    static @Nullable Object substring(FunctionArguments arguments) {
        var text = arguments.text(0);
        if (text == null) {
            return null;
        }
        int characters = text.codePointCount(0, text.length());
        int start = arguments.number(1, 0);
        int from = Math.clamp(start < 0 ? (long) characters + start : start, 0, characters);
        int length = Math.clamp(arguments.number(2, characters), 0, characters - from);
        int begin = text.offsetByCodePoints(0, from);
        return text.substring(begin, text.offsetByCodePoints(begin, length));
    }

    /** {@code $pad(text, width, fill?)}; pads on the right, or on the left if the width is negative. */
    static @Nullable Object pad(FunctionArguments arguments) {
        var text = arguments.text(0);
        if (text == null) {
            return null;
        }
        int width = arguments.number(1, 0);
        long missing = Math.abs((long) width) - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        var fill = arguments.text(2);
        var padding = padding(fill == null || fill.isEmpty() ? " " : fill, missing, arguments.budget());
        return width < 0 ? padding + text : text + padding;
    }

    private static String padding(String fill, long characters, EvaluationBudget budget) {
        budget.checkSize(characters);
        int[] pattern = fill.codePoints().toArray();
        var padding = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            padding.appendCodePoint(pattern[i % pattern.length]);
        }
        return padding.toString();
    }

    /** {@code $join(texts, separator?)}. */
    static @Nullable Object join(FunctionArguments arguments) {
        if (!(arguments.get(0) instanceof List<?> items)) {
            return null;
        }
        var separator = arguments.text(1);
        if (separator == null) {
            separator = "";
        }
        arguments.budget().checkSize((long) items.size() * separator.length());
        var joined = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            joined.append(i == 0 ? "" : separator).append(items.get(i));
        }
        return joined.toString();
    }
}
