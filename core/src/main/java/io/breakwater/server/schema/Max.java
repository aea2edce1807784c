package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The most a number may be. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Max {
    /** The bound, exact up to 15 digits. */
    double value();

    /** Whether the bound itself is out. */
    boolean exclusive() default false;
}
