package io.breakwater.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The types, the constants and their members that the sentences of {@code docs/embedding.md} name must exist. */
class EmbeddingGuideNamesTest {
    private static final Path GUIDE = Path.of("..", "docs", "embedding.md");
    private static final Pattern BLOCK = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern INLINE_CODE = Pattern.compile("`([^`]+)`");

    /** A type or a constant, and the members that follow it: {@code Limits.STANDARD.withPageSize}. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w.$\"/:-])([A-Z]\\w*)((?:\\.\\w+)*)(?![\\w/-])");

    private static final String[] PACKAGES = {
        "io.breakwater.server",
        "io.breakwater.port",
        "io.breakwater.adapter",
        "io.breakwater.core.testkit",
        "io.breakwater.core.rules"
    };
    private static final List<String> OTHER_PACKAGES = List.of(
            "java.lang",
            "java.util",
            "java.util.concurrent",
            "java.time",
            "io.vertx.core.http",
            "org.jspecify.annotations",
            "org.junit.jupiter.params.provider");

    /** Names of other kinds, and types that are not on the class path. */
    private static final Set<String> OTHER_NAMES = Set.of("JAVA_HOME", "BodyHandler", "Origin");

    private static final Map<String, List<Class<?>>> TYPES = types();

    @Test
    void namesInSentencesExist() throws IOException {
        assertThat(unknown(Files.readString(GUIDE))).isEmpty();
    }

    @Test
    void plantedNamesAreFound() {
        var page = "Call `Tool.called(\"x\")`, `Toll`, `CacheScope.ALL` or `ErrorCode.GONE`, not `Tool.named`.";

        assertThat(unknown(page)).containsExactly("CacheScope.ALL", "ErrorCode.GONE", "Toll", "Tool.called");
    }

    private static Set<String> unknown(String page) {
        var examples = BLOCK.matcher(page).results().map(MatchResult::group).collect(Collectors.joining());
        return INLINE_CODE
                .matcher(BLOCK.matcher(page).replaceAll(""))
                .results()
                .flatMap(code -> NAME.matcher(code.group(1)).results())
                .filter(name -> !OTHER_NAMES.contains(name.group(1)))
                .filter(name -> !isDeclared(name.group(1), examples))
                .filter(name -> !exists(name.group(1), members(name.group(2))))
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isDeclared(String name, String examples) {
        return Pattern.compile("\\b(?:class|record|int|long) " + name + "\\b")
                .matcher(examples)
                .find();
    }

    private static List<String> members(String suffix) {
        return Arrays.stream(suffix.split("\\."))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static boolean exists(String name, List<String> members) {
        if (members.isEmpty() && name.equals(name.toUpperCase(Locale.ROOT))) {
            return TYPES.values().stream().flatMap(List::stream).anyMatch(type -> has(type, name));
        }
        return candidates(name).anyMatch(type -> hasAll(type, members));
    }

    private static Stream<Class<?>> candidates(String name) {
        var others = OTHER_PACKAGES.stream().flatMap(folder -> load(folder + "." + name));
        return Stream.concat(TYPES.getOrDefault(name, List.of()).stream(), others);
    }

    private static Stream<Class<?>> load(String name) {
        try {
            return Stream.of(Class.forName(name, false, EmbeddingGuideNamesTest.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    private static boolean hasAll(Class<?> type, List<String> members) {
        if (members.isEmpty()) {
            return true;
        }
        var rest = members.subList(1, members.size());
        return typesOf(type, members.getFirst()).anyMatch(next -> hasAll(next, rest));
    }

    private static boolean has(Class<?> type, String member) {
        return typesOf(type, member).findAny().isPresent();
    }

    /** The types of the public members of that name. */
    private static Stream<Class<?>> typesOf(Class<?> type, String member) {
        Stream<Class<?>> nested = Arrays.stream(type.getClasses())
                .filter(inner -> inner.getSimpleName().equals(member));
        Stream<Class<?>> fields = Arrays.stream(type.getFields())
                .filter(field -> field.getName().equals(member))
                .map(Field::getType);
        Stream<Class<?>> methods = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(member))
                .map(Method::getReturnType);
        return Stream.of(nested, fields, methods).flatMap(found -> found);
    }

    private static Map<String, List<Class<?>>> types() {
        return new ClassFileImporter()
                .importPackages(PACKAGES).stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.getSimpleName().isEmpty())
                        .collect(Collectors.groupingBy(
                                JavaClass::getSimpleName, Collectors.mapping(JavaClass::reflect, Collectors.toList())));
    }
}
