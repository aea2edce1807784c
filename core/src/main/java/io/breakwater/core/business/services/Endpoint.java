package io.breakwater.core.business.services;

import io.breakwater.port.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The place of a request within a service. It comes from a template such as {@code /users/{id}/orders} and from parameters:
 * those that the template names fill one segment of the path each, or a part of one, and the others form the query.
 *
 * @param path the path in its canonical form, percent-encoded
 * @param query the query without its question mark; empty if there is none
 */
public record Endpoint(String path, String query) {
    private static final int MAX_TARGET = 8_192;

    /**
     * Fills a template.
     *
     * @throws io.breakwater.port.PortException.RefusedException if a server could read the path otherwise than the template
     *     says, or a parameter is missing
     */
    public static Endpoint of(String template, Json.Obj params) {
        checkTemplate(template);
        var used = new HashSet<String>();
        var segments = new ArrayList<String>();
        for (var segment : template.substring(1).split("/", -1)) {
            segments.add(segment(segment, params, used));
        }
        var path = "/" + String.join("/", segments);
        checkStructure(path, segments);
        return bounded(new Endpoint(path, query(params, used)));
    }

    private static void checkTemplate(String template) {
        if (!template.startsWith("/")) {
            throw InvalidRequest.because(
                    "endpoint must be a path that begins with /, without scheme and host: the service"
                            + " determines these.");
        }
        if (template.indexOf('?') >= 0 || template.indexOf('#') >= 0) {
            throw InvalidRequest.because("endpoint must not contain a query or a fragment. Pass the query in params.");
        }
        if (template.indexOf(';') >= 0) {
            throw InvalidRequest.because("endpoint must not contain path parameters (;).");
        }
    }

    /** Returns a segment with its values. The last segment of a template may be empty. */
    private static String segment(String template, Json.Obj params, Set<String> used) {
        var out = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf('{', at);
            int end = open < 0 ? template.length() : open;
            out.append(PercentEncoding.canonicalSegment(literal(template.substring(at, end))));
            at = end;
            if (open >= 0) {
                int close = template.indexOf('}', open);
                if (close <= open + 1) {
                    throw braces();
                }
                out.append(value(template.substring(open + 1, close), params, used));
                at = close + 1;
            }
        }
        return out.toString();
    }

    private static String literal(String text) {
        if (text.indexOf('}') >= 0) {
            throw braces();
        }
        return text;
    }

    private static RuntimeException braces() {
        return InvalidRequest.because(
                "endpoint has braces that do not enclose the name of a parameter, such as /users/{id}.");
    }

    private static String value(String name, Json.Obj params, Set<String> used) {
        var quoted = InvalidRequest.quoted(name);
        var value = params.get(name);
        if (value == null) {
            throw InvalidRequest.because("endpoint names the parameter " + quoted + ", which params does not have.");
        }
        used.add(name);
        var where = "params." + quoted;
        var text = ScalarText.of(value, where);
        SegmentCheck.check(text, where);
        return PercentEncoding.encode(text);
    }

    /** Reads the path again, as a server does, and compares its structure with that of the template. */
    private static void checkStructure(String path, List<String> segments) {
        var found = path.substring(1).split("/", -1);
        if (found.length != segments.size()) {
            throw new IllegalStateException("a value has changed the number of segments");
        }
        for (int i = 0; i < found.length; i++) {
            boolean trailing = i == found.length - 1 && found[i].isEmpty();
            if (!trailing) {
                SegmentCheck.check(found[i], "endpoint with its parameters");
            }
        }
    }

    private static String query(Json.Obj params, Set<String> used) {
        var others = new LinkedHashMap<>(params.members());
        others.keySet().removeAll(used);
        others.forEach(Endpoint::checkLine);
        return FormText.of(others, "params");
    }

    /** A query must not contain what could be mistaken for the end of a line or of a text after decoding. */
    private static void checkLine(String name, Json value) {
        boolean control = SegmentCheck.hasControl(name)
                || FormText.items(value).stream()
                        .anyMatch(item -> item instanceof Json.Text(var text) && SegmentCheck.hasControl(text));
        if (control) {
            throw InvalidRequest.because("params." + InvalidRequest.quoted(name)
                    + " contains a control character or a line" + " break, which a URL must not contain.");
        }
    }

    private static Endpoint bounded(Endpoint endpoint) {
        if (endpoint.target().length() > MAX_TARGET) {
            throw InvalidRequest.because("The path and the query have more than " + MAX_TARGET
                    + " characters when they are encoded. Send fewer or shorter params.");
        }
        return endpoint;
    }

    /** Returns the path with the query. */
    String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /**
     * Returns the texts with which servers may select a handler for the path: in its canonical form, with all escapes
     * resolved, and with what lenient servers ignore left out; each of them also without a slash at its end.
     */
    public List<String> forms() {
        var decoded = decodedPath();
        return Stream.of(path, decoded, LenientPath.of(decoded))
                .flatMap(form -> Stream.of(form, withoutLastSlash(form)))
                .distinct()
                .toList();
    }

    private static String withoutLastSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private String decodedPath() {
        var current = path;
        for (var next = PercentEncoding.decodeOnce(path); !next.equals(current); ) {
            current = next;
            next = PercentEncoding.decodeOnce(current);
        }
        return current;
    }
}
