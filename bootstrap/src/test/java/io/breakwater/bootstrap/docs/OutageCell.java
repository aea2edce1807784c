package io.breakwater.bootstrap.docs;

import com.tngtech.archunit.core.domain.JavaClass;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageBehaviors;
import io.breakwater.port.outage.OutageEffect;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A cell of the outage matrix, as its guard declares it.
 *
 * @param owner the simple name of the class with the declaration
 */
record OutageCell(String owner, OutageBehavior declared) {

    /** Returns the declarations of a class. */
    static Stream<OutageCell> of(JavaClass type) {
        var single = type.tryGetAnnotationOfType(OutageBehavior.class).stream();
        var several =
                type.tryGetAnnotationOfType(OutageBehaviors.class).stream().flatMap(all -> Stream.of(all.value()));
        return Stream.concat(single, several).map(declared -> new OutageCell(type.getSimpleName(), declared));
    }

    /** Returns the name by which tests refer to the cell. */
    String name() {
        return declared.guard() + ": " + dependency().title() + " " + declared.failure();
    }

    GuardDependency dependency() {
        return declared.dependency();
    }

    OutageEffect effect() {
        return declared.effect();
    }

    String failure() {
        return declared.failure();
    }

    String guard() {
        return declared.guard();
    }

    /** Returns the row of the page. */
    String row() {
        return "| %s | [%s](%s) | **%s** | %s %s | %s |\n"
                .formatted(
                        failure(),
                        guard(),
                        declared.details(),
                        effect().name().toLowerCase(Locale.ROOT),
                        declared.behavior(),
                        declared.recovery(),
                        declared.signal());
    }
}
