package io.breakwater.port.outage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares what a guard does in one failure of something that it depends on. It is a row of the matrix in {@code
 * docs/reliability.md}, which is written from the declarations of all classes, and it stands at the class that implements
 * the behavior, so that a change of the code and of the promise are one change.
 *
 * <p>The guard, the dependency and the failure together name the declaration: {@code rate limits: Redis down}. At least
 * one test covers each name. The texts may contain Markdown.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
@Repeatable(OutageBehaviors.class)
public @interface OutageBehavior {
    /** The guard, as the documentation calls it: {@code rate limits}. */
    String guard();

    /** What the guard depends on. */
    GuardDependency dependency();

    /** The failure of the dependency, in few words that follow its name: {@code down}. */
    String failure();

    /** Whether the guard denies, degrades or allows meanwhile. */
    OutageEffect effect();

    /** What callers see meanwhile, in one or two sentences. */
    String behavior();

    /** How the failure ends for callers, in one sentence. */
    String recovery();

    /** Where an operator sees it: the cause in the health report, the metric, or the beginning of the log line. */
    String signal();

    /** The page with the details, and the heading, relative to the folder {@code docs}: {@code limits.md#several-servers}. */
    String details();
}
