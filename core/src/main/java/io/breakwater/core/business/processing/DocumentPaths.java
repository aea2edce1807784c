package io.breakwater.core.business.processing;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The notation for positions in a document: {@code items[0].name}, with the root as {@code $}.
 *
 * <p>It is the notation of the transform expressions, so that a path from a result can be used in an expression. A name
 * that is not a plain word is in backticks ({@code `unit price`}), or is a JSON string if it contains a backtick.
 * Different positions therefore have different paths, which plain dotted names do not ensure: {@code {"a.b": 1}} is
 * {@code `a.b`}, {@code {"a": {"b": 1}}} is {@code a.b}.
 */
final class DocumentPaths {
    /** The path of the whole document. */
    static final String ROOT = "$";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> RESERVED_WORDS = Set.of("and", "or", "in", "true", "false", "null", "function");

    private DocumentPaths() {}

    /** Returns the path of a member. */
    static String member(String parent, String name) {
        return parent.equals(ROOT) ? quoted(name) : parent + "." + quoted(name);
    }

    /** Returns the path of one item of an array. */
    static String item(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** Returns the path of all items of an array. */
    static String items(String parent) {
        return parent + "[]";
    }

    private static String quoted(String name) {
        if (PLAIN.matcher(name).matches() && !RESERVED_WORDS.contains(name)) {
            return name;
        }
        return name.indexOf('`') < 0
                ? "`" + name + "`"
                : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
