package io.breakwater.core.presentation.codec;

import io.breakwater.port.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Extends a schema so that it also accepts null. */
final class NullableSchema {
    private NullableSchema() {}

    static Json.Obj of(Json.Obj schema) {
        if (schema.members().isEmpty()) {
            return schema;
        }
        if (!(schema.get("type") instanceof Json.Text type)) {
            return Json.object()
                    .put(
                            "anyOf",
                            Json.array(schema, Json.object().put("type", "null").build()))
                    .build();
        }
        var members = new LinkedHashMap<>(schema.members());
        members.put("type", Json.array(type, Json.of("null")));
        members.computeIfPresent("enum", (name, values) -> {
            var withNull = new ArrayList<>(((Json.Arr) values).items());
            withNull.add(Json.Null.NULL);
            return new Json.Arr(withNull);
        });
        return new Json.Obj(members);
    }
}
