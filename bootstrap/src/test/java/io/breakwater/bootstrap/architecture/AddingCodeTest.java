package io.breakwater.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.rules.Plant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table "Where to add code" of the architecture page names places that exist, and its shortest way is short. */
class AddingCodeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern RATE_LIMITER = Pattern.compile(
            "```java\\n((?:(?!```).)*?)(/\\*\\* (?:(?!```).)*?public class RateLimiter .*?)```", Pattern.DOTALL);

    static Stream<String> namesInTheTable() throws IOException {
        var page = Files.readString(ROOT.resolve("docs/architecture.md"));
        var table = page.substring(page.indexOf("| to add |"));
        return NAME.matcher(table).results().map(match -> match.group(1)).distinct();
    }

    @ParameterizedTest
    @MethodSource("namesInTheTable")
    void everyPlaceInTheTableExists(String name) throws IOException {
        assertThat(exists(name)).as("the place %s", name).isTrue();
    }

    @Test
    void aPlaceThatDoesNotExistIsNoticed() throws IOException {
        assertThat(exists("NoSuchType")).isFalse();
        assertThat(exists("core.presentation.nowhere")).isFalse();
        assertThat(exists("docs/nowhere.md")).isFalse();
    }

    private static boolean exists(String name) throws IOException {
        if (name.contains("/")) {
            return Files.exists(ROOT.resolve(name));
        }
        var end = Character.isUpperCase(name.charAt(0))
                ? "/" + name + ".java"
                : "/io/breakwater/" + name.replace('.', '/');
        try (var sources = Files.find(
                ROOT,
                16,
                (path, attributes) -> isSource(path) && path.toString().endsWith(end))) {
            return sources.findAny().isPresent() || Files.isDirectory(ROOT.resolve(name));
        }
    }

    private static boolean isSource(Path path) {
        return path.toString().contains("/src/");
    }

    @Test
    void aRateLimiterIsOneClassOfThirtyLinesWhereverItIsAdded() throws IOException {
        var example = rateLimiter();
        var code = example.group(2).lines().filter(line -> !line.isBlank()).toList();
        var builtIn = Plant.of(
                "package io.breakwater.core.presentation.interceptor;\n" + example.group(1) + example.group(2));

        assertThat(code).hasSizeLessThanOrEqualTo(30);
        for (var rule : List.of(
                ArchitectureRule.INTERCEPTORS_USE_THE_PUBLIC_INTERFACE,
                ArchitectureRule.CORE_DEPENDS_ON_PORTS_AND_IN_PROCESS_LIBRARIES,
                ArchitectureRule.CORE_DOES_NO_INPUT_OR_OUTPUT,
                ArchitectureRule.STATIC_COLLECTIONS_ARE_IMMUTABLE)) {
            rule.check(builtIn);
        }
    }

    private static MatchResult rateLimiter() throws IOException {
        var guide = RATE_LIMITER.matcher(Files.readString(ROOT.resolve("docs/embedding.md")));
        assertThat(guide.find()).as("the guide shows a rate limiter").isTrue();
        return guide.toMatchResult();
    }
}
