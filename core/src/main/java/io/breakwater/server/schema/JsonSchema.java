package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a {@code Json} looks like, where more is known of it than that it is JSON:
 * {@code @JsonSchema("{\"type\":\"array\"}") Json rows}. Arguments are held to it; of results it is a promise that
 * nobody checks, so that values which are encoded already pass as they are.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface JsonSchema {
    /** A JSON Schema, an object. */
    String value();
}
