package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The format of a text, one of JSON Schema's: {@code email}, {@code uri}, {@code hostname}, {@code ipv4}, … It is
 * checked, not only told. The types of {@code java.time}, {@code UUID} and {@code URI} bring theirs along.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Format {
    /** The name of the format. */
    String value();
}
