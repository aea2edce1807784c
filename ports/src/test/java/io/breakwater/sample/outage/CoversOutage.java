package io.breakwater.sample.outage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * The outage behaviors that a test checks. Their declarations are at the guards; {@code OutageMatrixTest} compares both,
 * and {@code ./verify -Dgroups=outage} runs these tests alone.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Tag("outage")
public @interface CoversOutage {
    /** The names of the declarations: guard, dependency and failure, as in {@code rate limits: Redis down}. */
    String[] value();
}
