package io.breakwater.core.presentation.codec;

import io.breakwater.port.Json;

/** The schema and the codec of a scalar type, or of {@code Json}. */
record ScalarType(Json.Obj schema, TypeCodec codec) {

    /** Returns whether the values are strings, numbers or booleans in JSON, and not objects or arrays. */
    boolean isScalar() {
        var type = schema.text("type");
        return type != null && !type.equals("object") && !type.equals("array");
    }

    /** Returns whether the values are strings in JSON. */
    boolean isText() {
        return "string".equals(schema.text("type"));
    }
}
