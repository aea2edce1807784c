package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The lower bound of a number. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Min {
    /** Returns the bound, exact up to 15 digits. */
    double value();

    /** Returns whether the bound itself is excluded. */
    boolean exclusive() default false;
}
