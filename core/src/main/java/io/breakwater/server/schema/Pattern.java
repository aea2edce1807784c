package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The regular expression that a whole string must match: {@code @Pattern("A-\\d{6}")} accepts {@code A-123456} without
 * further characters. The schema contains it as {@code ^(?:…)$}, which every client supports.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Pattern {
    /** Returns the regular expression, in the syntax that Java and JavaScript share. */
    String value();
}
