package io.breakwater.core.presentation.codec;

import io.breakwater.port.Json;

/** A type that is one JSON value, or any: what its values look like, in words for a schema and in code. */
record ScalarType(Json.Obj schema, TypeCodec form) {

    /** Whether its values are texts on the wire. */
    boolean isText() {
        return "string".equals(schema.text("type"));
    }
}
