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
 * The functions an expression may call. Those of the evaluator that could take unbounded time or memory, or that give
 * other results on other hosts, are replaced by our own; those that give another result each time are refused, because
 * equal calls share one cached result.
 */
final class FunctionLibrary {
    private static final List<String> REFUSED = List.of("now", "millis", "random", "shuffle", "eval");
    private static final Map<String, Entry> OFFERED = offered();

    private FunctionLibrary() {}

    /** The names of all functions, the refused ones included. */
    static Set<String> names() {
        return OFFERED.keySet();
    }

    /** Binds those functions in a frame. */
    static void bind(Frame frame, Set<String> names, EvaluationBudget budget) {
        for (var name : REFUSED) {
            frame.bind(name, refusing(name));
        }
        for (var name : names) {
            var entry = OFFERED.get(name);
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
                                    ? "$eval is not offered; write the expression out."
                                    : "$%s is not offered: a result must depend on the data alone.".formatted(name));
                },
                "<x?x?x?:x>");
    }

    private static Map<String, Entry> offered() {
        var all = new LinkedHashMap<String, Entry>();
        texts(all);
        numbers(all);
        sequences(all);
        objects(all);
        REFUSED.forEach(name -> all.put(name, new Entry("<x?:x>", name, null)));
        return Collections.unmodifiableMap(all);
    }

    private static void texts(Map<String, Entry> all) {
        theirs(all, "string", "<x-b?:s>");
        own(all, "substring", "<s-nn?:s>", TextFunctions::substring);
        theirs(all, "substringBefore", "<s-s:s>");
        theirs(all, "substringAfter", "<s-s:s>");
        own(all, "lowercase", "<s-:s>", TextFunctions::lowercase);
        own(all, "uppercase", "<s-:s>", TextFunctions::uppercase);
        theirs(all, "length", "<s-:n>");
        theirs(all, "trim", "<s-:s>");
        own(all, "pad", "<s-ns?:s>", TextFunctions::pad);
        own(all, "join", "<a<s>s?:s>", TextFunctions::join);
        own(all, "match", "<s-f<s:o>n?:a<o>>", PatternFunctions::match);
        own(all, "contains", "<s-(sf):b>", PatternFunctions::contains);
        own(all, "replace", "<s-(sf)(sf)n?:s>", PatternFunctions::replace);
        own(all, "split", "<s-(sf)n?:a<s>>", PatternFunctions::split);
        theirs(all, "base64encode", "<s-:s>");
        theirs(all, "base64decode", "<s-:s>");
        theirs(all, "encodeUrlComponent", "<s-:s>");
        theirs(all, "encodeUrl", "<s-:s>");
        theirs(all, "decodeUrlComponent", "<s-:s>");
        theirs(all, "decodeUrl", "<s-:s>");
    }

    private static void numbers(Map<String, Entry> all) {
        theirs(all, "number", "<(nsb)-:n>");
        theirs(all, "floor", "<n-:n>");
        theirs(all, "ceil", "<n-:n>");
        own(all, "round", "<n-n?:n>", NumberFunctions::round);
        theirs(all, "abs", "<n-:n>");
        theirs(all, "sqrt", "<n-:n>");
        theirs(all, "power", "<n-n:n>");
        theirs(all, "sum", "<a<n>:n>");
        theirs(all, "max", "<a<n>:n>");
        theirs(all, "min", "<a<n>:n>");
        theirs(all, "average", "<a<n>:n>");
        theirs(all, "formatBase", "<n-n?:s>");
        own(all, "formatNumber", "<n-so?:s>", NumberFunctions::formatNumber);
        own(all, "formatInteger", "<n-s:s>", NumberFunctions::formatInteger);
        own(all, "parseInteger", "<s-s:n>", NumberFunctions::parseInteger);
        own(all, "toMillis", "<s-s?:n>", "dateTimeToMillis", TimeFunctions::toMillis);
        own(all, "fromMillis", "<n-s?s?:s>", "dateTimeFromMillis", TimeFunctions::fromMillis);
    }

    private static void sequences(Map<String, Entry> all) {
        theirs(all, "count", "<a:n>");
        theirs(all, "append", "<xx:a>");
        own(all, "sort", "<af?:a>", SequenceFunctions::sort);
        theirs(all, "reverse", "<a:a>");
        theirs(all, "distinct", "<x:x>");
        theirs(all, "zip", "<a+>");
        theirs(all, "map", "<af>");
        theirs(all, "filter", "<af>");
        theirs(all, "single", "<af?>");
        all.put("reduce", new Entry("<afj?:j>", "foldLeft", null));
    }

    private static void objects(Map<String, Entry> all) {
        all.put("boolean", new Entry("<x-:b>", "toBoolean", null));
        theirs(all, "not", "<x-:b>");
        theirs(all, "exists", "<x:b>");
        theirs(all, "type", "<x:s>");
        theirs(all, "keys", "<x-:a<s>>");
        theirs(all, "lookup", "<x-s:x>");
        theirs(all, "spread", "<x-:a<o>>");
        theirs(all, "merge", "<a<o>:o>");
        theirs(all, "sift", "<o-f?:o>");
        theirs(all, "each", "<o-f:a>");
        all.put("clone", new Entry("<(oa)-:o>", "functionClone", null));
        theirs(all, "error", "<s?:x>");
        all.put("assert", new Entry("<bs?:x>", "assertFn", null));
    }

    private static void theirs(Map<String, Entry> all, String name, String signature) {
        all.put(name, new Entry(signature, name, null));
    }

    private static void own(Map<String, Entry> all, String name, String signature, Body body) {
        all.put(name, new Entry(signature, name, body));
    }

    private static void own(Map<String, Entry> all, String name, String signature, String method, Body body) {
        all.put(name, new Entry(signature, method, body));
    }

    /** A function: its signature in the library's notation, the library's method, and ours if we have one. */
    private record Entry(
            String signature, String method, @Nullable Body body) {}
}
