package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an argument is when the caller leaves it out or sends null; it makes the component optional.
 *
 * <p>Written as JSON; the quotes of a text may be left out: {@code @Default("20") int limit},
 * {@code @Default("asc") Order order}, {@code @Default("[]") List<String> tags}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** The value, as JSON. */
    String value();
}
