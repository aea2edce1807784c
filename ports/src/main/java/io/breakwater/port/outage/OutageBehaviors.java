package io.breakwater.port.outage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The declarations of a class that has several; the compiler adds it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface OutageBehaviors {
    /** The declarations. */
    OutageBehavior[] value();
}
