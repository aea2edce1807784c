package io.breakwater.core.presentation.codec;

import io.breakwater.port.Json;
import io.breakwater.server.schema.InvalidSchemaException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses types that contain themselves in a required component: a value of such a type would have no end. A reference
 * has a finite value if its schema has one without the reference itself; the set of these references grows until
 * nothing changes.
 */
final class FiniteValues {
    private final Map<String, Json.Obj> definitions = new LinkedHashMap<>();
    private final Set<String> finite = new HashSet<>();

    private FiniteValues(Json.Obj schema) {
        schema.object("$defs").members().forEach((name, body) -> definitions.put("#/$defs/" + name, (Json.Obj) body));
        definitions.put("#", schema);
    }

    /**
     * Refuses a schema without a finite value.
     *
     * @param root the type with the schema, for the message
     */
    static void require(Json.Obj schema, String root) {
        var values = new FiniteValues(schema);
        values.grow();
        for (var reference : values.definitions.keySet()) {
            if (!values.finite.contains(reference)) {
                throw refused(reference.equals("#") ? root : reference.substring("#/$defs/".length()));
            }
        }
    }

    private static InvalidSchemaException refused(String type) {
        return new InvalidSchemaException(type + " requires another " + type + " inside itself, so that no value of it"
                + " can end. Make the component @Nullable or Optional, or a list that may be empty.");
    }

    private void grow() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (var definition : definitions.entrySet()) {
                changed |= isFinite(definition.getValue()) && finite.add(definition.getKey());
            }
        }
    }

    private boolean isFinite(@Nullable Json schema) {
        if (!(schema instanceof Json.Obj object)) {
            return true;
        }
        var reference = object.text("$ref");
        if (reference != null) {
            return finite.contains(reference) || !definitions.containsKey(reference);
        }
        return isFiniteObject(object) && isFiniteArray(object) && hasFiniteAlternative(object);
    }

    private boolean isFiniteObject(Json.Obj schema) {
        if (!(schema.get("required") instanceof Json.Arr(var names))) {
            return true;
        }
        var properties = schema.object("properties");
        return names.stream().allMatch(name -> isFinite(properties.get(((Json.Text) name).value())));
    }

    private boolean isFiniteArray(Json.Obj schema) {
        boolean canBeEmpty =
                !(schema.get("minItems") instanceof Json.Decimal(BigDecimal fewest)) || fewest.signum() == 0;
        return canBeEmpty || isFinite(schema.get("items"));
    }

    private boolean hasFiniteAlternative(Json.Obj schema) {
        for (var keyword : Set.of("oneOf", "anyOf")) {
            if (schema.get(keyword) instanceof Json.Arr(var alternatives)
                    && alternatives.stream().noneMatch(this::isFinite)) {
                return false;
            }
        }
        return true;
    }
}
