package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The number of items of a list, set or array, and whether the items must be unique. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE_USE, ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Size {
    /** Returns the minimum number of items, inclusive. */
    int min() default 0;

    /** Returns the maximum number of items, inclusive. */
    int max() default Integer.MAX_VALUE;

    /** Returns whether all items must be different; the items of sets always are. */
    boolean unique() default false;
}
