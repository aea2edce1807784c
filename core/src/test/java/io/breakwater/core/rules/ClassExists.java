package io.breakwater.core.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;

/**
 * Holds if a class exists in a package. ArchUnit's own message for a rule without classes advises to disable the check;
 * the message of this condition names the package and the mistake.
 */
final class ClassExists extends ArchCondition<JavaClass> {
    private final DescribedPredicate<? super JavaClass> where;
    private final String message;
    private boolean found;

    private ClassExists(DescribedPredicate<? super JavaClass> where, String message) {
        super("exist in " + where.getDescription());
        this.where = where;
        this.message = message;
    }

    /**
     * Returns a rule that holds if a class exists there; {@code package-info} is none.
     *
     * @param message what is missing and what to do
     */
    static ArchRule rule(DescribedPredicate<? super JavaClass> where, String message) {
        return classes().should(new ClassExists(where, message)).allowEmptyShould(true);
    }

    /** Returns the second rule, with the message of the first if it would check no class. */
    static ArchRule before(ArchRule exists, ArchRule rule) {
        return CompositeArchRule.of(exists).and(rule.allowEmptyShould(true)).as(rule.getDescription());
    }

    @Override
    public void init(Collection<JavaClass> all) {
        found = all.stream().anyMatch(type -> !type.getSimpleName().endsWith("package-info") && where.test(type));
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        // The condition is about all classes together.
    }

    @Override
    public void finish(ConditionEvents events) {
        if (!found) {
            events.add(SimpleConditionEvent.violated(where, message));
        }
    }
}
