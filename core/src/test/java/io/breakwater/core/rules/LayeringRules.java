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
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Rules for the layers inside a hexagon, {@code presentation → business ← data}, under one root package:
 *
 * <ul>
 *   <li>{@code presentation} communicates with callers and depends on business;
 *   <li>{@code business} contains the decisions, one package for each feature; it uses driven ports and depends on no
 *       other layer;
 *   <li>{@code data} implements interfaces of business where fetching data is more than a call of a driven port.
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
 * <p>Layers with other names get the same rules with {@link #named}. A rule on an empty package always holds, so every rule of this class fails on one.
 */
public final class LayeringRules {

    private static final String PORTS = "io.breakwater.port";
    private static final DescribedPredicate<JavaClass> JDK =
            resideInAnyPackage("java..", "javax.crypto..", "javax.net..", "javax.security..", "org.jspecify..");

    /** Json, failures, the call context, the helpers of the ports, the declarations of outages, and the driven ports. */
    private static final DescribedPredicate<JavaClass> DRIVEN_PORTS = resideInAnyPackage(
                    PORTS, PORTS + ".driven", PORTS + ".outage", PORTS + ".support")
            .as("driven ports and their values");

    private final String root;
    private final LayerNames layers;

    private LayeringRules(String root, LayerNames layers) {
        this.root = root;
        this.layers = layers;
    }

    /** Returns the rules for the code under this package, for example {@code com.acme.shop}. */
    public static LayeringRules under(String root) {
        return named("presentation", "business", "data").under(root);
    }

    /**
     * Returns the names of layers whose packages are not called presentation, business and data:
     *
     * <pre>{@code
     * LayeringRules.named("api", "domain", "infra").under("com.acme.shop")
     * }</pre>
     *
     * @param presentation the package of the layer that communicates with callers, relative to the root
     * @param business the package of the layer that contains the decisions
     * @param data the package of the layer that fetches data
     * @throws IllegalArgumentException when a name is empty, or two layers have the same name
     */
    public static LayerNames named(String presentation, String business, String data) {
        return new LayerNames(presentation, business, data);
    }

    /**
     * The names of the layers, each a package relative to the root.
     *
     * @param presentation the layer that communicates with callers
     * @param business the layer that contains the decisions
     * @param data the layer that fetches data
     */
    public record LayerNames(String presentation, String business, String data) {
        /** Refuses empty and equal names, with which a rule would check nothing. */
        public LayerNames {
            for (var name : new String[] {presentation, business, data}) {
                Objects.requireNonNull(name, "named(...) does not accept null. Pass the package of each layer.");
            }
            if (Stream.of(presentation, business, data).anyMatch(String::isBlank)) {
                throw new IllegalArgumentException(
                        "Every layer needs a name, for example named(\"api\", \"domain\"," + " \"infra\").");
            }
            if (Stream.of(presentation, business, data).distinct().count() < 3) {
                throw new IllegalArgumentException("Each layer needs a package of its own, but two of " + presentation
                        + ", " + business + " and " + data + " are the same.");
            }
        }

        /** Returns the rules for the code under this package, for example {@code com.acme.shop}. */
        public LayeringRules under(String root) {
            return new LayeringRules(root, this);
        }
    }

    /** Returns all rules of this class that need no parameters. */
    public List<ArchRule> all() {
        return List.of(
                containsClassesIn(layers.presentation, layers.business, layers.data),
                presentationDoesNotDependOnData(),
                dataDoesNotDependOnPresentation(),
                businessIsIndependent(),
                featuresDoNotDependOnEachOther(),
                onlyBusinessAndDataUseDrivenPorts(PORTS + ".driven"),
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
        return ClassExists.rule(
                        resideInAPackage(in(name)),
                        "No class is in " + root + "." + name
                                + ". Check the names of named(...) and the root of under(...).")
                .as("a class exists in " + in(name));
    }

    private ArchRule containsClasses() {
        return ClassExists.rule(
                resideInAPackage(root + ".."), "No class is in " + root + ". Check the root of under(...).");
    }

    private ArchRule containsFeatures() {
        var business = root + "." + layers.business;
        return ClassExists.rule(
                resideInAPackage(business + ".(*).."),
                "No class is in " + business + ".*: put each feature in a package below " + layers.business + ".");
    }

    /** Presentation does not depend on data. */
    public ArchRule presentationDoesNotDependOnData() {
        return doesNotDependOn(layers.presentation, layers.data);
    }

    /** Data does not depend on presentation. */
    public ArchRule dataDoesNotDependOnPresentation() {
        return doesNotDependOn(layers.data, layers.presentation);
    }

    private ArchRule doesNotDependOn(String one, String other) {
        var rule = noClasses()
                .that()
                .resideInAPackage(in(one))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in(other))
                .as(one + " does not depend on " + other);
        return ClassExists.before(containsClassesIn(one), rule);
    }

    /** Business depends only on the JDK, JSpecify, Breakwater's driven ports, and itself. */
    public ArchRule businessIsIndependent() {
        return businessIsIndependent(DescribedPredicate.alwaysFalse());
    }

    /**
     * Business depends only on the JDK, JSpecify, Breakwater's driven ports, itself, and further classes, such
     * as a library for money or units.
     */
    public ArchRule businessIsIndependent(DescribedPredicate<? super JavaClass> others) {
        var rule = classes()
                .that()
                .resideInAPackage(in(layers.business))
                .should()
                .onlyDependOnClassesThat(JDK.or(resideInAPackage(in(layers.business)))
                        .or(DRIVEN_PORTS)
                        .or(others))
                .as(layers.business + " depends only on the JDK, JSpecify and the driven ports");
        return ClassExists.before(containsClassesIn(layers.business), rule);
    }

    /** A feature, which is a package under {@code business}, does not depend on other features. */
    public ArchRule featuresDoNotDependOnEachOther() {
        var rule = slices().matching(root + "." + layers.business + ".(*)..")
                .should()
                .notDependOnEachOther()
                .as("features do not depend on each other");
        return ClassExists.before(containsFeatures(), rule);
    }

    /**
     * Only {@code business}, {@code data} and the root package, which connects all components, use the interfaces in
     * this package.
     *
     * @param ports the package of the driven ports
     * @param alsoIn further packages that use them, relative to the root
     */
    public ArchRule onlyBusinessAndDataUseDrivenPorts(String ports, String... alsoIn) {
        var users = Stream.concat(Stream.of(layers.business, layers.data), Arrays.stream(alsoIn))
                .map(this::in);
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(Stream.concat(Stream.of(root), users).toArray(String[]::new))
                .should()
                .dependOnClassesThat(resideInAPackage(ports).and(INTERFACES))
                .as("only " + layers.business + " and " + layers.data + " use the driven ports");
    }

    /** Packages do not depend on each other in cycles. */
    public ArchRule hasNoPackageCycles() {
        var rule = slices().assignedFrom(new PackagesUnder(root))
                .should()
                .beFreeOfCycles()
                .as("no cycles between the packages of " + root);
        return ClassExists.before(containsClasses(), rule);
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
