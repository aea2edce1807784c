package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The number of characters (Unicode code points) of a string. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Length {
    /** Returns the minimum number of characters, inclusive. */
    int min() default 0;

    /** Returns the maximum number of characters, inclusive. */
    int max() default Integer.MAX_VALUE;
}
