package io.breakwater.core.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rules for the use of I/O, threads and libraries under one or several root packages: the inside of a hexagon does no
 * I/O, one package creates threads, and each library is used only in certain packages. The names of packages are
 * relative to the root.
 */
public final class IsolationRules {

    /** A package name that stands for the root package itself, without its subpackages. */
    public static final String ROOT_PACKAGE_ONLY = "";

    private static final String[] INPUT_AND_OUTPUT = {
        "java.sql..", "javax.sql..", "java.net.http..", "java.nio.file..", "java.nio.channels..", "redis.clients..",
        "io.vertx..", "io.netty..", "io.modelcontextprotocol..", "dagger..", "javax.inject..", "jakarta.inject.."
    };

    private static final String FILES_SOCKETS_PROCESSES = "java\\.io\\.(File.*|RandomAccessFile)"
            + "|java\\.net\\.(.*Socket.*|Inet.*Address|.*URLConnection|URL)"
            + "|java\\.lang\\.Process.*";

    private final List<String> roots;
    private final String subject;

    private IsolationRules(List<String> roots) {
        this.roots = roots;
        this.subject = "the code in " + String.join(" and ", roots);
    }

    /** Returns the rules for the code under these packages. A relative name may lie under any of them. */
    public static IsolationRules under(String root, String... more) {
        return new IsolationRules(
                Stream.concat(Stream.of(root), Arrays.stream(more)).toList());
    }

    /** The code depends only on itself and on these packages. */
    public ArchRule dependsOnlyOn(String... packages) {
        var allowed =
                Stream.concat(Arrays.stream(all()), Arrays.stream(packages)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAnyPackage(all())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed))
                .as(subject + " depends only on " + String.join(", ", packages));
    }

    /** The code uses no files, sockets, databases or processes, and no library for them. */
    public ArchRule doesNoInputOrOutput() {
        return noClasses()
                .that()
                .resideInAnyPackage(all())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(INPUT_AND_OUTPUT)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(FILES_SOCKETS_PROCESSES)
                .as(subject + " does no input or output");
    }

    /** Only these packages create threads and executors; other packages receive them. */
    public ArchRule createsThreadsOnlyIn(String... packages) {
        return noClasses()
                .that(areOutside(packages))
                .should()
                .accessTargetWhere(new ThreadCreation())
                .as(subject + " creates threads only in " + String.join(", ", packages));
    }

    /** Only these packages use the library, which is a package pattern. */
    public ArchRule usesLibraryOnlyIn(String library, String... packages) {
        return noClasses()
                .that(areOutside(packages))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .as(subject + " uses " + library + " only in " + String.join(", ", packages));
    }

    /** At least one class uses each of these libraries, so that no rule about them is vacuous. */
    public ArchRule usesLibraries(String... libraries) {
        return Arrays.stream(libraries)
                .map(this::usesLibraries)
                .reduce((one, other) -> CompositeArchRule.of(one).and(other))
                .orElseThrow(() -> new IllegalArgumentException("At least one library is required"));
    }

    private ArchRule usesLibraries(String library) {
        var inLibrary = resideInAnyPackage(library);
        return classes()
                .that()
                .resideInAnyPackage(all())
                .and(describe(
                        "depend on " + library,
                        type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(dependency -> inLibrary.test(dependency.getTargetClass()))))
                .should()
                .resideInAnyPackage(all())
                .as("a class of " + subject + " uses " + library);
    }

    private String[] all() {
        return roots.stream().map(root -> root + "..").toArray(String[]::new);
    }

    private DescribedPredicate<JavaClass> areOutside(String... packages) {
        var inside = Arrays.stream(packages)
                .flatMap(name ->
                        roots.stream().map(root -> name.equals(ROOT_PACKAGE_ONLY) ? root : root + "." + name + ".."))
                .toArray(String[]::new);
        return resideInAnyPackage(all())
                .and(DescribedPredicate.not(resideInAnyPackage(inside)))
                .as("are outside " + String.join(", ", packages));
    }
}
