package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many items a list, set or array may hold, and whether each may come only once. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE_USE, ElementType.RECORD_COMPONENT})
public @interface Size {
    /** At least so many. */
    int min() default 0;

    /** At most so many. */
    int max() default Integer.MAX_VALUE;

    /** Whether no two may be equal; sets are so anyway. */
    boolean unique() default false;
}
