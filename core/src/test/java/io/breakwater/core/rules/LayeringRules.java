package io.breakwater.core.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.List;

/**
 * The layers inside a hexagon, {@code presentation → business ← data}, as they must lie under one root package:
 *
 * <ul>
 *   <li>{@code presentation} speaks to callers and sees business;
 *   <li>{@code business} decides, one package per feature, and sees nobody;
 *   <li>{@code data} fetches: it implements business's interfaces and is the only one to touch driven ports.
 * </ul>
 *
 * <pre>{@code
 * @Test
 * void layersHold() {
 *     var shop = new ClassFileImporter().importPackages("com.acme.shop");
 *     LayeringRules.under("com.acme.shop").all().forEach(rule -> rule.check(shop));
 * }
 * }</pre>
 *
 * <p>A rule about an empty package holds whatever is written, so every rule here fails on one.
 */
public final class LayeringRules {

    private static final String PORTS = "io.breakwater.port";
    private static final DescribedPredicate<JavaClass> JDK =
            resideInAnyPackage("java..", "javax.crypto..", "javax.net..", "javax.security..", "org.jspecify..");

    /** Json, failures and the scope of a call, and the records and enums that driven ports hand over; never a port. */
    private static final DescribedPredicate<JavaClass> PORT_VALUES = resideInAPackage(PORTS)
            .or(resideInAPackage(PORTS + ".driven").and(DescribedPredicate.not(INTERFACES)))
            .as("values of the ports");

    private final String root;

    private LayeringRules(String root) {
        this.root = root;
    }

    /** The rules for the code under that package, e.g. {@code com.acme.shop}. */
    public static LayeringRules under(String root) {
        return new LayeringRules(root);
    }

    /** Every rule of this class that needs nothing more to be said. */
    public List<ArchRule> all() {
        return List.of(
                isInhabited("presentation", "business", "data"),
                presentationDoesNotSeeData(),
                dataDoesNotSeePresentation(),
                businessKeepsToItself(),
                featuresDoNotSeeEachOther(),
                drivenPortsAreTouchedOnlyByData(PORTS + ".driven"),
                hasNoPackageCycles());
    }

    /** Somebody lives in each of these rooms: a package under the root, or under one of its packages. */
    public ArchRule isInhabited(String... rooms) {
        return Arrays.stream(rooms)
                .map(this::isInhabited)
                .reduce((one, other) -> CompositeArchRule.of(one).and(other))
                .orElseThrow(() -> new IllegalArgumentException("name a room"));
    }

    private ArchRule isInhabited(String room) {
        return classes()
                .that()
                .resideInAPackage(in(room))
                .and()
                .haveSimpleNameNotEndingWith("package-info")
                .should()
                .resideInAPackage(in(room))
                .as("somebody lives in " + in(room));
    }

    /** What callers see knows nothing of where data comes from. */
    public ArchRule presentationDoesNotSeeData() {
        return apart("presentation", "data");
    }

    /** Where data comes from knows nothing of what callers see. */
    public ArchRule dataDoesNotSeePresentation() {
        return apart("data", "presentation");
    }

    private ArchRule apart(String one, String other) {
        return noClasses()
                .that()
                .resideInAPackage(in(one))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in(other))
                .as(one + " does not see " + other);
    }

    /** Business depends on the JDK, JSpecify, the values of Breakwater's ports, and itself. */
    public ArchRule businessKeepsToItself() {
        return businessKeepsToItself(DescribedPredicate.alwaysFalse());
    }

    /** The same with guests: what else business may know, such as a library of money or units. */
    public ArchRule businessKeepsToItself(DescribedPredicate<? super JavaClass> guests) {
        return classes()
                .that()
                .resideInAPackage(in("business"))
                .should()
                .onlyDependOnClassesThat(
                        JDK.or(resideInAPackage(in("business"))).or(PORT_VALUES).or(guests))
                .as("business keeps to itself");
    }

    /** A feature, one package under {@code business}, does not know that there are others. */
    public ArchRule featuresDoNotSeeEachOther() {
        return slices().matching(root + ".business.(*)..")
                .should()
                .notDependOnEachOther()
                .as("features do not see each other");
    }

    /**
     * The interfaces in that package are for {@code data}, and for the root package, where everything is put together.
     */
    public ArchRule drivenPortsAreTouchedOnlyByData(String ports) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(root, in("data"))
                .should()
                .dependOnClassesThat(resideInAPackage(ports).and(INTERFACES))
                .as("only data touches the driven ports");
    }

    /** No two packages lean on each other, directly or around a corner. */
    public ArchRule hasNoPackageCycles() {
        return slices().assignedFrom(new PackagesUnder(root))
                .should()
                .beFreeOfCycles()
                .as("no cycles between the packages of " + root);
    }

    private String in(String room) {
        return root + "." + room + "..";
    }

    /** Every package is a slice of its own. */
    private record PackagesUnder(String root) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            var home = type.getPackageName();
            return home.equals(root) || home.startsWith(root + ".")
                    ? SliceIdentifier.of(home)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the packages under " + root;
        }
    }
}
