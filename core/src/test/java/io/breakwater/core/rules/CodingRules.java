package io.breakwater.core.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.lang.syntax.elements.GivenFieldsConjunction;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules for code in all layers under one root package. */
public final class CodingRules {

    private static final Set<String> CONSOLE_MEMBERS = Set.of("out", "in", "setOut", "setIn");
    private static final Set<String> EXIT_METHODS = Set.of("exit", "halt");

    private final String root;

    private CodingRules(String root) {
        this.root = root;
    }

    /** Returns the rules for the code under this package. */
    public static CodingRules under(String root) {
        return new CodingRules(root);
    }

    /** Returns all rules of this class that need no parameters. */
    public List<ArchRule> all() {
        return List.of(
                neverSleeps(),
                usesNoLegacyDates(),
                injectsNoFields(),
                hasOnlyFinalStaticFields(),
                hasNoMutableStaticCollections());
    }

    /** Code must not sleep: it waits for a latch, a queue or a timer of a scheduler. */
    public ArchRule neverSleeps() {
        return noClass()
                .should()
                .accessTargetWhere(describe("sleeps", access -> isOf(Thread.class, access, Set.of("sleep"))))
                .as(root + " never sleeps");
    }

    /** Code must not use {@code Date} and {@code Calendar}: {@code java.time} replaces them. */
    public ArchRule usesNoLegacyDates() {
        return noClass()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Date.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Calendar.class)
                .as(root + " uses no legacy dates");
    }

    /** Code must not use field injection: constructors declare dependencies. */
    public ArchRule injectsNoFields() {
        return noField()
                .should()
                .beAnnotatedWith("javax.inject.Inject")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .as(root + " injects no fields");
    }

    /** Static fields must be final. */
    public ArchRule hasOnlyFinalStaticFields() {
        return noField().should().beStatic().andShould().notBeFinal().as(root + " has only final static fields");
    }

    /**
     * Static collections must be immutable. The rule finds fields of a mutable type, and collections that are
     * constructed in a static initializer. To fill a constant in several steps, use a method that returns an immutable
     * copy.
     */
    public ArchRule hasNoMutableStaticCollections() {
        var byType = noField()
                .should()
                .beStatic()
                .andShould()
                .haveRawType(describe("a mutable collection", type -> isCollection(type) && !type.isInterface()));
        var byInitialiser = noClass()
                .should()
                .accessTargetWhere(describe("is in a static initializer", CodingRules::constructsInStaticInitializer));
        return CompositeArchRule.of(byType).and(byInitialiser).as(root + " has no mutable static collections");
    }

    /** Only these classes may use standard input and output, and end the process. */
    public ArchRule usesConsoleOnlyIn(String... classes) {
        var allowed = Set.of(classes);
        return noClass()
                .and(describe("are not allowed to", type -> !allowed.contains(outermost(type))))
                .should()
                .accessTargetWhere(describe("is standard input, standard output or the exit", CodingRules::isConsole))
                .as(root + " uses standard input, standard output and exit only in " + String.join(", ", classes));
    }

    private GivenClassesConjunction noClass() {
        return noClasses().that().resideInAPackage(root + "..");
    }

    private GivenFieldsConjunction noField() {
        return noFields().that().areDeclaredInClassesThat().resideInAPackage(root + "..");
    }

    private static boolean constructsInStaticInitializer(JavaAccess<?> access) {
        return access.getOrigin().getName().equals("<clinit>")
                && access.getTarget().getName().equals("<init>")
                && isCollection(access.getTargetOwner());
    }

    private static boolean isCollection(JavaClass type) {
        return type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
    }

    private static boolean isConsole(JavaAccess<?> access) {
        return isOf(System.class, access, CONSOLE_MEMBERS)
                || isOf(System.class, access, EXIT_METHODS)
                || isOf(Runtime.class, access, EXIT_METHODS);
    }

    private static boolean isOf(Class<?> owner, JavaAccess<?> access, Set<String> names) {
        return access.getTargetOwner().isEquivalentTo(owner) && names.contains(access.getName());
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(CodingRules::outermost).orElseGet(type::getName);
    }
}
