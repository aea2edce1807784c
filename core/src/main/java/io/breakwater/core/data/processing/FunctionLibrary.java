package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import io.breakwater.core.data.processing.BoundedFunction.Body;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions that an expression may call. Functions of the evaluator that could use unlimited time or memory, or
 * whose results depend on the host, are replaced. Functions with a different result for each call are refused, because
 * equal calls share one cached result.
 */
final class FunctionLibrary {
    private static final List<String> REFUSED = List.of("now", "millis", "random", "shuffle", "eval");
    private static final Map<String, Entry> SUPPORTED = supported();

    private FunctionLibrary() {}

    /** Returns the names of all functions, including the refused ones. */
    static Set<String> names() {
        return SUPPORTED.keySet();
    }

    /** Binds functions in a frame. */
    static void bind(Frame frame, Set<String> names, EvaluationBudget budget) {
        for (var name : REFUSED) {
            frame.bind(name, refusing(name));
        }
        for (var name : names) {
            var entry = SUPPORTED.get(name);
            if (entry != null && !REFUSED.contains(name)) {
                frame.bind(name, new BoundedFunction(name, entry.signature, entry.method, budget, entry.body));
            }
        }
    }

    private static JFunction refusing(String name) {
        return new JFunction(
                (input, arguments) -> {
                    throw EvaluationLimitException.because(
                            name.equals("eval")
                                    ? "$eval is not supported; write the expression directly."
                                    : "$%s is not supported: a result must depend on the data alone.".formatted(name));
                },
                "<x?x?x?:x>");
    }

    private static Map<String, Entry> supported() {
        var all = new LinkedHashMap<String, Entry>();
        addTexts(all);
        addNumbers(all);
        addSequences(all);
        addObjects(all);
        REFUSED.forEach(name -> all.put(name, new Entry("<x?:x>", name, null)));
        return Collections.unmodifiableMap(all);
    }

    private static void addTexts(Map<String, Entry> all) {
        library(all, "string", "<x-b?:s>");
        replaced(all, "substring", "<s-nn?:s>", TextFunctions::substring);
        library(all, "substringBefore", "<s-s:s>");
        library(all, "substringAfter", "<s-s:s>");
        replaced(all, "lowercase", "<s-:s>", TextFunctions::lowercase);
        replaced(all, "uppercase", "<s-:s>", TextFunctions::uppercase);
        library(all, "length", "<s-:n>");
        library(all, "trim", "<s-:s>");
        replaced(all, "pad", "<s-ns?:s>", TextFunctions::pad);
        replaced(all, "join", "<a<s>s?:s>", TextFunctions::join);
        replaced(all, "match", "<s-f<s:o>n?:a<o>>", PatternFunctions::match);
        replaced(all, "contains", "<s-(sf):b>", PatternFunctions::contains);
        replaced(all, "replace", "<s-(sf)(sf)n?:s>", PatternFunctions::replace);
        replaced(all, "split", "<s-(sf)n?:a<s>>", PatternFunctions::split);
        library(all, "base64encode", "<s-:s>");
        library(all, "base64decode", "<s-:s>");
        library(all, "encodeUrlComponent", "<s-:s>");
        library(all, "encodeUrl", "<s-:s>");
        library(all, "decodeUrlComponent", "<s-:s>");
        library(all, "decodeUrl", "<s-:s>");
    }

    private static void addNumbers(Map<String, Entry> all) {
        library(all, "number", "<(nsb)-:n>");
        library(all, "floor", "<n-:n>");
        library(all, "ceil", "<n-:n>");
        replaced(all, "round", "<n-n?:n>", NumberFunctions::round);
        library(all, "abs", "<n-:n>");
        library(all, "sqrt", "<n-:n>");
        library(all, "power", "<n-n:n>");
        library(all, "sum", "<a<n>:n>");
        library(all, "max", "<a<n>:n>");
        library(all, "min", "<a<n>:n>");
        library(all, "average", "<a<n>:n>");
        library(all, "formatBase", "<n-n?:s>");
        replaced(all, "formatNumber", "<n-so?:s>", NumberFunctions::formatNumber);
        replaced(all, "formatInteger", "<n-s:s>", NumberFunctions::formatInteger);
        replaced(all, "parseInteger", "<s-s:n>", NumberFunctions::parseInteger);
        replaced(all, "toMillis", "<s-s?:n>", "dateTimeToMillis", TimeFunctions::toMillis);
        replaced(all, "fromMillis", "<n-s?s?:s>", "dateTimeFromMillis", TimeFunctions::fromMillis);
    }

    private static void addSequences(Map<String, Entry> all) {
        library(all, "count", "<a:n>");
        library(all, "append", "<xx:a>");
        replaced(all, "sort", "<af?:a>", SequenceFunctions::sort);
        library(all, "reverse", "<a:a>");
        library(all, "distinct", "<x:x>");
        library(all, "zip", "<a+>");
        library(all, "map", "<af>");
        library(all, "filter", "<af>");
        library(all, "single", "<af?>");
        all.put("reduce", new Entry("<afj?:j>", "foldLeft", null));
    }

    private static void addObjects(Map<String, Entry> all) {
        all.put("boolean", new Entry("<x-:b>", "toBoolean", null));
        library(all, "not", "<x-:b>");
        library(all, "exists", "<x:b>");
        library(all, "type", "<x:s>");
        library(all, "keys", "<x-:a<s>>");
        library(all, "lookup", "<x-s:x>");
        library(all, "spread", "<x-:a<o>>");
        library(all, "merge", "<a<o>:o>");
        library(all, "sift", "<o-f?:o>");
        library(all, "each", "<o-f:a>");
        all.put("clone", new Entry("<(oa)-:o>", "functionClone", null));
        library(all, "error", "<s?:x>");
        all.put("assert", new Entry("<bs?:x>", "assertFn", null));
    }

    private static void library(Map<String, Entry> all, String name, String signature) {
        all.put(name, new Entry(signature, name, null));
    }

    private static void replaced(Map<String, Entry> all, String name, String signature, Body body) {
        all.put(name, new Entry(signature, name, body));
    }

    private static void replaced(Map<String, Entry> all, String name, String signature, String method, Body body) {
        all.put(name, new Entry(signature, method, body));
    }

    /**
     * A function: its signature in the notation of the library, the method of the library, and the replacement, if
     * there is one.
     */
    private record Entry(
            String signature, String method, @Nullable Body body) {}
}
