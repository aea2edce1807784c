package io.breakwater.bootstrap.docs;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.sample.outage.CoversOutage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** What guards declare about outages, and the tests that cover the declarations. */
final class OutageMatrix {
    private final List<OutageCell> cells;
    private final List<JavaMethod> covering;

    /** Reads the declarations of the main classes, and the tests among the test classes. */
    OutageMatrix(Iterable<JavaClass> main, Iterable<JavaClass> tests) {
        cells = stream(main)
                .flatMap(OutageCell::of)
                .sorted(comparing(OutageCell::dependency)
                        .thenComparing(OutageCell::failure)
                        .thenComparing(OutageCell::guard))
                .toList();
        covering = stream(tests)
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(CoversOutage.class))
                .toList();
    }

    private static Stream<JavaClass> stream(Iterable<JavaClass> classes) {
        var all = new ArrayList<JavaClass>();
        classes.forEach(all::add);
        return all.stream();
    }

    List<OutageCell> cells() {
        return cells;
    }

    /** Returns a sentence for each declaration without a test, and for each test without a declaration. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        var declared = new HashSet<String>();
        var covered = covering.stream().flatMap(OutageMatrix::names).collect(toSet());
        for (var cell : cells) {
            if (!declared.add(cell.name())) {
                faults.add("%s declares '%s' a second time.".formatted(cell.owner(), cell.name()));
            } else if (!covered.contains(cell.name())) {
                faults.add("No test covers '%s', which %s declares.".formatted(cell.name(), cell.owner()));
            }
        }
        for (var method : covering) {
            if (!isTest(method)) {
                faults.add("%s covers an outage and is not a test.".formatted(method.getFullName()));
            }
            names(method)
                    .filter(name -> !declared.contains(name))
                    .forEach(name -> faults.add(
                            "%s covers '%s', which no class declares.".formatted(method.getFullName(), name)));
        }
        return faults;
    }

    private static boolean isTest(JavaMethod method) {
        return method.isAnnotatedWith(Test.class)
                || method.isAnnotatedWith(ParameterizedTest.class)
                || method.isAnnotatedWith(RepeatedTest.class);
    }

    private static Stream<String> names(JavaMethod method) {
        return Stream.of(method.getAnnotationOfType(CoversOutage.class).value());
    }

    /** Returns the tables of the page, one for each dependency. */
    String tables() {
        return Arrays.stream(GuardDependency.values()).map(this::table).collect(joining());
    }

    private String table(GuardDependency dependency) {
        var rows = cells.stream()
                .filter(cell -> cell.dependency() == dependency)
                .map(OutageCell::row)
                .collect(joining());
        var title = dependency.title();
        return "\n## " + Character.toUpperCase(title.charAt(0)) + title.substring(1)
                + "\n\n| failure | guard | effect | callers, and how it ends | where you see it |\n|---|---|---|---|---|\n"
                + rows;
    }
}
