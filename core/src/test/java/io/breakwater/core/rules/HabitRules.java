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

/** What is not done anywhere under one root package, whatever the layer. */
public final class HabitRules {

    private static final Set<String> CONSOLE = Set.of("out", "in", "setOut", "setIn");
    private static final Set<String> END = Set.of("exit", "halt");

    private final String root;

    private HabitRules(String root) {
        this.root = root;
    }

    /** The rules for the code under that package. */
    public static HabitRules under(String root) {
        return new HabitRules(root);
    }

    /** Every rule of this class that needs nothing more to be said. */
    public List<ArchRule> all() {
        return List.of(
                neverSleeps(),
                usesNoOldDates(),
                injectsNoFields(),
                hasNoChangingStatics(),
                hasNoMutableStaticCollections());
    }

    /** Who waits, waits for something: a latch, a queue, a timer of a scheduler. */
    public ArchRule neverSleeps() {
        return noClass()
                .should()
                .accessTargetWhere(describe("sleeps", access -> isOf(Thread.class, access, Set.of("sleep"))))
                .as(root + " never sleeps");
    }

    /** {@code java.time} has taken their place. */
    public ArchRule usesNoOldDates() {
        return noClass()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Date.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Calendar.class)
                .as(root + " uses no old dates");
    }

    /** What an object needs, its constructor says. */
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

    /** A static field is a constant. */
    public ArchRule hasNoChangingStatics() {
        return noField().should().beStatic().andShould().notBeFinal().as(root + " has no changing statics");
    }

    /**
     * A static collection does not change. Seen are fields of a mutable type, and collections constructed in a static
     * initialiser: a constant that takes several steps to fill is filled in a method that gives back an immutable copy.
     */
    public ArchRule hasNoMutableStaticCollections() {
        var byType = noField()
                .should()
                .beStatic()
                .andShould()
                .haveRawType(describe("a mutable collection", type -> isCollection(type) && !type.isInterface()));
        var byInitialiser =
                noClass().should().accessTargetWhere(describe("is a constant's", HabitRules::constructsAConstant));
        return CompositeArchRule.of(byType).and(byInitialiser).as(root + " has no mutable static collections");
    }

    /** Standard input and output, and the end of the process, belong to these classes. */
    public ArchRule usesTheConsoleOnlyIn(String... classes) {
        var allowed = Set.of(classes);
        return noClass()
                .and(describe("have no leave to", type -> !allowed.contains(outermost(type))))
                .should()
                .accessTargetWhere(describe("is standard input, standard output or the exit", HabitRules::isConsole))
                .as(root + " uses standard input, standard output and exit only in " + String.join(", ", classes));
    }

    private GivenClassesConjunction noClass() {
        return noClasses().that().resideInAPackage(root + "..");
    }

    private GivenFieldsConjunction noField() {
        return noFields().that().areDeclaredInClassesThat().resideInAPackage(root + "..");
    }

    private static boolean constructsAConstant(JavaAccess<?> access) {
        return access.getOrigin().getName().equals("<clinit>")
                && access.getTarget().getName().equals("<init>")
                && isCollection(access.getTargetOwner());
    }

    private static boolean isCollection(JavaClass type) {
        return type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
    }

    private static boolean isConsole(JavaAccess<?> access) {
        return isOf(System.class, access, CONSOLE)
                || isOf(System.class, access, END)
                || isOf(Runtime.class, access, END);
    }

    private static boolean isOf(Class<?> owner, JavaAccess<?> access, Set<String> names) {
        return access.getTargetOwner().isEquivalentTo(owner) && names.contains(access.getName());
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(HabitRules::outermost).orElseGet(type::getName);
    }
}
