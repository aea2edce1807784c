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
 * Rules for the layers inside a hexagon, {@code presentation → business ← data}, under one root package:
 *
 * <ul>
 *   <li>{@code presentation} communicates with callers and depends on business;
 *   <li>{@code business} contains the decisions, one package for each feature, and depends on no other layer;
 *   <li>{@code data} implements the interfaces of business, and is the only layer that uses driven ports.
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
 * <p>A rule on an empty package always holds, so every rule of this class fails on one.
 */
public final class LayeringRules {

    private static final String PORTS = "io.breakwater.port";
    private static final DescribedPredicate<JavaClass> JDK =
            resideInAnyPackage("java..", "javax.crypto..", "javax.net..", "javax.security..", "org.jspecify..");

    /** Json, failures, the call context, and the records and enums of driven ports, but not the ports themselves. */
    private static final DescribedPredicate<JavaClass> PORT_VALUES = resideInAPackage(PORTS)
            .or(resideInAPackage(PORTS + ".driven").and(DescribedPredicate.not(INTERFACES)))
            .as("values of the ports");

    private final String root;

    private LayeringRules(String root) {
        this.root = root;
    }

    /** Returns the rules for the code under this package, for example {@code com.acme.shop}. */
    public static LayeringRules under(String root) {
        return new LayeringRules(root);
    }

    /** Returns all rules of this class that need no parameters. */
    public List<ArchRule> all() {
        return List.of(
                containsClassesIn("presentation", "business", "data"),
                presentationDoesNotDependOnData(),
                dataDoesNotDependOnPresentation(),
                businessIsIndependent(),
                featuresDoNotDependOnEachOther(),
                onlyDataUsesDrivenPorts(PORTS + ".driven"),
                hasNoPackageCycles());
    }

    /** Each of these packages, relative to the root, contains a class, directly or in a subpackage. */
    public ArchRule containsClassesIn(String... packages) {
        return Arrays.stream(packages)
                .map(this::containsClassesIn)
                .reduce((one, other) -> CompositeArchRule.of(one).and(other))
                .orElseThrow(() -> new IllegalArgumentException("At least one package is required"));
    }

    private ArchRule containsClassesIn(String name) {
        return classes()
                .that()
                .resideInAPackage(in(name))
                .and()
                .haveSimpleNameNotEndingWith("package-info")
                .should()
                .resideInAPackage(in(name))
                .as("a class exists in " + in(name));
    }

    /** Presentation does not depend on data. */
    public ArchRule presentationDoesNotDependOnData() {
        return doesNotDependOn("presentation", "data");
    }

    /** Data does not depend on presentation. */
    public ArchRule dataDoesNotDependOnPresentation() {
        return doesNotDependOn("data", "presentation");
    }

    private ArchRule doesNotDependOn(String one, String other) {
        return noClasses()
                .that()
                .resideInAPackage(in(one))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in(other))
                .as(one + " does not depend on " + other);
    }

    /** Business depends only on the JDK, JSpecify, the values of Breakwater's ports, and itself. */
    public ArchRule businessIsIndependent() {
        return businessIsIndependent(DescribedPredicate.alwaysFalse());
    }

    /**
     * Business depends only on the JDK, JSpecify, the values of Breakwater's ports, itself, and further classes, such
     * as a library for money or units.
     */
    public ArchRule businessIsIndependent(DescribedPredicate<? super JavaClass> others) {
        return classes()
                .that()
                .resideInAPackage(in("business"))
                .should()
                .onlyDependOnClassesThat(
                        JDK.or(resideInAPackage(in("business"))).or(PORT_VALUES).or(others))
                .as("business depends only on the JDK, JSpecify and the values of the ports");
    }

    /** A feature, which is a package under {@code business}, does not depend on other features. */
    public ArchRule featuresDoNotDependOnEachOther() {
        return slices().matching(root + ".business.(*)..")
                .should()
                .notDependOnEachOther()
                .as("features do not depend on each other");
    }

    /** Only {@code data}, and the root package, which connects all components, use the interfaces in this package. */
    public ArchRule onlyDataUsesDrivenPorts(String ports) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(root, in("data"))
                .should()
                .dependOnClassesThat(resideInAPackage(ports).and(INTERFACES))
                .as("only data uses the driven ports");
    }

    /** Packages do not depend on each other in cycles. */
    public ArchRule hasNoPackageCycles() {
        return slices().assignedFrom(new PackagesUnder(root))
                .should()
                .beFreeOfCycles()
                .as("no cycles between the packages of " + root);
    }

    private String in(String name) {
        return root + "." + name + "..";
    }

    /** Every package is a slice of its own. */
    private record PackagesUnder(String root) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            var packageName = type.getPackageName();
            return packageName.equals(root) || packageName.startsWith(root + ".")
                    ? SliceIdentifier.of(packageName)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the packages under " + root;
        }
    }
}
