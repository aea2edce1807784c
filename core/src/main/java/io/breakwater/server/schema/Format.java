package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The format of a string, one of those of JSON Schema: {@code email}, {@code uri}, {@code hostname}, {@code ipv4}, …
 * The server checks it. The types of {@code java.time}, {@code UUID} and {@code URI} have their formats already.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Format {
    /** Returns the name of the format. */
    String value();
}
