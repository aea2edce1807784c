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
 * What code under one root package may touch, and where: the inside of a hexagon does no I/O, threads are made in one
 * room, a library is known in the rooms it was brought in for. Rooms are named relative to the root.
 */
public final class IsolationRules {

    /** As a room: the root package itself, where everything is put together, and none below it. */
    public static final String ROOT_ALONE = "";

    private static final String[] INPUT_AND_OUTPUT = {
        "java.sql..", "javax.sql..", "java.net.http..", "java.nio.file..", "java.nio.channels..", "redis.clients..",
        "io.vertx..", "io.netty..", "io.modelcontextprotocol..", "dagger..", "javax.inject..", "jakarta.inject.."
    };

    private static final String FILES_SOCKETS_PROCESSES = "java\\.io\\.(File.*|RandomAccessFile)"
            + "|java\\.net\\.(.*Socket.*|Inet.*Address|.*URLConnection|URL)"
            + "|java\\.lang\\.Process.*";

    private final List<String> roots;
    private final String root;

    private IsolationRules(List<String> roots) {
        this.roots = roots;
        this.root = String.join(" and ", roots);
    }

    /** The rules for the code under these packages; a name relative to the root may lie under any of them. */
    public static IsolationRules under(String root, String... more) {
        return new IsolationRules(
                Stream.concat(Stream.of(root), Arrays.stream(more)).toList());
    }

    /** Everything here depends on itself and on these packages, and on nothing else. */
    public ArchRule dependsOnlyOn(String... packages) {
        var known = Stream.concat(Arrays.stream(all()), Arrays.stream(packages)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAnyPackage(all())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(known))
                .as(root + " depends only on " + String.join(", ", packages));
    }

    /** No file, no socket, no database, no process, and no library that brings one. */
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
                .as(root + " does no input or output");
    }

    /** Threads and executors are made in these rooms only; elsewhere they are handed over. */
    public ArchRule makesThreadsOnlyIn(String... rooms) {
        return noClasses()
                .that(areOutside(rooms))
                .should()
                .accessTargetWhere(new MakesAThread())
                .as(root + " makes threads only in " + String.join(", ", rooms));
    }

    /** That library, all packages that begin so, is known in these rooms only. */
    public ArchRule knowsOnlyIn(String library, String... rooms) {
        return noClasses()
                .that(areOutside(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .as(root + " knows " + library + " only in " + String.join(", ", rooms));
    }

    /** Somebody here knows each of these libraries, so that a rule about them says something. */
    public ArchRule knows(String... libraries) {
        return Arrays.stream(libraries)
                .map(this::knows)
                .reduce((one, other) -> CompositeArchRule.of(one).and(other))
                .orElseThrow(() -> new IllegalArgumentException("name a library"));
    }

    private ArchRule knows(String library) {
        var oneOfIts = resideInAnyPackage(library);
        return classes()
                .that()
                .resideInAnyPackage(all())
                .and(describe(
                        "depend on " + library,
                        type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(dependency -> oneOfIts.test(dependency.getTargetClass()))))
                .should()
                .resideInAnyPackage(all())
                .as("somebody in " + root + " knows " + library);
    }

    private String[] all() {
        return roots.stream().map(root -> root + "..").toArray(String[]::new);
    }

    private DescribedPredicate<JavaClass> areOutside(String... rooms) {
        var inside = Arrays.stream(rooms)
                .flatMap(room -> roots.stream().map(root -> room.equals(ROOT_ALONE) ? root : root + "." + room + ".."))
                .toArray(String[]::new);
        return resideInAnyPackage(all())
                .and(DescribedPredicate.not(resideInAnyPackage(inside)))
                .as("are outside of " + String.join(", ", rooms));
    }
}
