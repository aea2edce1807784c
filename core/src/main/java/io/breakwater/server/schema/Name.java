package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name in JSON, if it differs from the name in Java: of a component, of an enum constant, or of a record that is a
 * variant of a sealed interface.
 *
 * <pre>{@code
 * record GetUser(@Name("user_id") long userId) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER, ElementType.FIELD, ElementType.TYPE})
public @interface Name {
    /** Returns the name in JSON. */
    String value();
}
