package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The upper bound of a number. An integer stands in {@link #value}, a number with a fraction or beyond the range of
 * {@code long} in {@link #decimal}; both are exact.
 *
 * <pre>{@code
 * record Parcel(@Max(30_000) long grams, @Max(decimal = "2.5") BigDecimal metres) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Max {
    /** Returns the bound as an integer. */
    long value() default Long.MAX_VALUE;

    /** Returns the bound as a decimal number, for example {@code 0.5} or {@code 1e30}; empty if it is an integer. */
    String decimal() default "";

    /** Returns whether the bound itself is excluded. */
    boolean exclusive() default false;
}
