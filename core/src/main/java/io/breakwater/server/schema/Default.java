package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of an argument that the caller omits or sends as null; it makes the component optional.
 *
 * <p>The value is JSON; the quotes of a string may be omitted: {@code @Default("20") int limit}, {@code @Default("asc")
 * Order order}, {@code @Default("[]") List<String> tags}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Default {
    /** Returns the value, as JSON. */
    String value();
}
