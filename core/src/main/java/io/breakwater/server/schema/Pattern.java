package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A text must match this regular expression as a whole: {@code @Pattern("A-\\d{6}")} accepts {@code A-123456} and
 * nothing around it. The schema says so with {@code ^(?:…)$}, which every client understands.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Pattern {
    /** The regular expression, in the part of the syntax that Java and JavaScript share. */
    String value();
}
