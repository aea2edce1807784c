package io.breakwater.server.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes an argument of an annotated method, and names it if its parameter's name is not the right one.
 *
 * <p>The parameter's name is known only if the class is compiled with {@code javac -parameters}. Otherwise every
 * argument needs a {@link #name}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Arg {
    /** What the argument means; the model that calls the tool reads it. */
    String value() default "";

    /** The name of the argument; the name of the parameter by default. */
    String name() default "";
}
