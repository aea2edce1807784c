package io.breakwater.core.validation;

import io.breakwater.port.Json;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds {@code x-mcp-header} in all subschemas, and refuses it where a client could not apply it. */
final class HeaderParamFinder {
    private static final String KEYWORD = "x-mcp-header";

    /** RFC 9110, section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

    private final List<HeaderParam> found = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private HeaderParamFinder() {}

    static List<HeaderParam> in(Json.Obj schema) {
        var search = new HeaderParamFinder();
        search.visit(schema, "", List.of(), true);
        return search.found;
    }

    private void visit(Json value, String at, List<String> path, boolean reachable) {
        if (!(value instanceof Json.Obj schema)) {
            return;
        }
        var header = schema.get(KEYWORD);
        if (header != null) {
            add(header, schema, at, path, reachable);
        }
        schema.members()
                .forEach((keyword, inner) -> descend(keyword, inner, JsonPointers.child(at, keyword), path, reachable));
    }

    private void descend(String keyword, Json value, String at, List<String> path, boolean reachable) {
        if (keyword.equals("properties") && value instanceof Json.Obj(var properties)) {
            properties.forEach((name, schema) -> {
                var longer = new ArrayList<>(path);
                longer.add(name);
                visit(schema, JsonPointers.child(at, name), longer, reachable);
            });
        } else if (SchemaKeywords.BY_NAME.contains(keyword) && value instanceof Json.Obj(var schemas)) {
            schemas.forEach((name, schema) -> visit(schema, JsonPointers.child(at, name), path, false));
        } else if (SchemaKeywords.LISTS.contains(keyword) && value instanceof Json.Arr(var schemas)) {
            schemas.forEach(schema -> visit(schema, at, path, false));
        } else if (SchemaKeywords.SINGLE.contains(keyword)) {
            visit(value, at, path, false);
        }
    }

    private void add(Json header, Json.Obj schema, String at, List<String> path, boolean reachable) {
        if (!(header instanceof Json.Text(var name)) || !TOKEN.matcher(name).matches()) {
            throw invalid(at, "must be a header field name of letters, digits and -, as in Region");
        }
        if (!reachable || path.isEmpty()) {
            throw invalid(
                    at,
                    "must be on a property that is reachable through properties alone, not through items,"
                            + " alternatives, conditions or references");
        }
        if (!(schema.get("type") instanceof Json.Text(var type)) || !TYPES.contains(type)) {
            throw invalid(at, "must be on a property of type string, integer or boolean");
        }
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            throw invalid(at, "must be unique, but " + name + " is used twice (ignoring case)");
        }
        found.add(new HeaderParam(HeaderParam.PREFIX + name, path));
    }

    private static InvalidSchemaException invalid(String at, String why) {
        return new InvalidSchemaException(
                "The schema is wrong at " + JsonPointers.child(at, KEYWORD) + ": it " + why + ".");
    }
}
