package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The JSON Schema of a {@code Json} component: {@code @JsonSchema("{\"type\":\"array\"}") Json rows}. The server checks
 * arguments against it. It does not check results, so that values that are already encoded are sent unchanged.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface JsonSchema {
    /** Returns the JSON Schema, which must be an object. */
    String value();
}
