package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name on the wire where it is not the one in Java: of a component, of an enum's constant, or of a record that is
 * one variant of a sealed interface.
 *
 * <pre>{@code
 * record GetUser(@Name("user_id") long userId) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.TYPE})
public @interface Name {
    /** The name on the wire. */
    String value();
}
