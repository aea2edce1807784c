package io.breakwater.core.business.processing;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a place in a document is written: {@code items[0].name}, the root as {@code $}.
 *
 * <p>The notation is the one of the transform expressions, so that a path from a result can be pasted into an
 * expression. A name that is no plain word stands in backticks ({@code `unit price`}), or as a JSON string where it
 * holds a backtick itself. Two different places are therefore never written alike, which dotted names alone would not
 * give: {@code {"a.b": 1}} is {@code `a.b`}, {@code {"a": {"b": 1}}} is {@code a.b}.
 */
final class DocumentPaths {
    /** The whole document. */
    static final String ROOT = "$";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> WORDS_OF_THE_LANGUAGE =
            Set.of("and", "or", "in", "true", "false", "null", "function");

    private DocumentPaths() {}

    /** The member of that name below a path. */
    static String member(String parent, String name) {
        return parent.equals(ROOT) ? quoted(name) : parent + "." + quoted(name);
    }

    /** One item of the array at a path. */
    static String item(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** Every item of the array at a path. */
    static String items(String parent) {
        return parent + "[]";
    }

    private static String quoted(String name) {
        if (PLAIN.matcher(name).matches() && !WORDS_OF_THE_LANGUAGE.contains(name)) {
            return name;
        }
        return name.indexOf('`') < 0
                ? "`" + name + "`"
                : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
