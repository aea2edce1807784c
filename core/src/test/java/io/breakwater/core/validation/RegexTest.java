package io.breakwater.core.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
    private static final int MAX_CHARS_READ = 200_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a+ caab true",
                "^a+$ caab false",
                "^$ '' true",
                "^$|^\\d+$ 12 true",
                "^$|^\\d+$ x false",
                "^(?=.*\\d)(?=.*[a-z]).{4,}$ abc1 true",
                "^(?!.*--) a-b true",
                "(?<=a)b ab true",
                "(\\w)\\1 hello true",
                "(?<y>\\d{4})-\\k<y> 2020-2020 true",
                "[^\\]]+ ]a true",
                "[a-c[x]] x true",
                "\\u00e9 é true",
                "\\ud83d\\ude00 😀 true",
                "\\p{Lu} É true",
                "\\x41 A true",
                "a\\/b a/b true",
                "(a|b)*c ababc true",
                "(?:ab){2,3}$ abababab true",
                "x*?y xxy true",
                "\\bfoo\\b foo-bar true",
                "^[\\w.+-]+@[\\w-]+\\.\\w+$ a.b@c.de true",
                "^(\\d{1,3}\\.){3}\\d{1,3}$ 10.0.0.1 true",
                "^#?([a-f0-9]{6}|[a-f0-9]{3})$ #aabbcc true",
            })
    void findsWhatOthersFind(String pattern, String text, boolean found) {
        assertThat(find(pattern, text)).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12\n", "12\r\n", "\n12"})
    void takesTheEndForTheEndOfTheText(String text) {
        assertThat(find("^\\d+$", text)).isFalse();
        assertThat(Regex.compile("^\\d+$", "m").matcher(text, () -> {}).find()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "(a*)* empty",
                "(a?){50}b empty",
                "(|a)+ empty",
                "(a|b*)+ empty",
                "(?:^)* empty",
                "(?=a)* empty",
                "\\b+ empty",
                "(a)\\1* empty",
                "(()) ''",
                "*a empty",
                "a** empty",
                "a{2}{3} already",
                "\\Qa\\E quotation",
                "[\\Q]\\E] 'character class'",
                "(?i)a kind",
                "(?x)a kind",
                "(a 'is invalid'",
                "a) open",
                "[a end",
                "a\\ backslash",
                "[]a] begins",
                "(?>a|)b ''",
                "(|a)(|a)(|a)(|a)(|a)(|a)(|a) alternatives",
                "\\p{L 'has no closing'",
                "(?<n>a Unclosed",
                "a{1 'has no closing'",
            })
    void refusesWhatCouldRunAwayOrIsWrong(String pattern, String reason) {
        if (reason.isEmpty()) {
            assertThat(Regex.compile(pattern, "")).isNotNull();
            return;
        }
        assertThatThrownBy(() -> Regex.compile(pattern, ""))
                .isInstanceOf(RejectedInputException.class)
                .hasMessageContaining(reason);
    }

    /** Random patterns on texts made to be hard: each finds, does not find, is refused or is stopped, but ends. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void alwaysEnds(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 400; i++) {
            var pattern = pattern(random);
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> endOf(pattern), pattern);
        }
    }

    static List<Long> seeds() {
        return new SplittableRandom().longs(5).boxed().toList();
    }

    private static void endOf(String pattern) {
        for (var text : List.of("a".repeat(300) + "!", "ab ".repeat(100))) {
            var thrown = catchThrowable(() -> find(pattern, text));
            if (thrown != null) {
                assertThat(thrown).isInstanceOfAny(RejectedInputException.class, Stopped.class);
            }
        }
    }

    private static String pattern(SplittableRandom random) {
        String[] parts = {
            "a", "b", ".", "\\w", "\\s", "[ab]", "[^b]", "(", "(?:", "(?=", "(?!", "(?<=a)", "(?>", ")", ")", ")", "|",
            "*", "+", "?", "{2,5}", "{1000}", "{3,}", "*?", "+?", "++", "^", "$", "\\b", "\\B", "\\1", "()", "(a|)",
        };
        var pattern = new StringBuilder();
        for (int i = random.nextInt(2, 30); i > 0; i--) {
            pattern.append(parts[random.nextInt(parts.length)]);
        }
        long open = pattern.chars().filter(c -> c == '(').count()
                - pattern.chars().filter(c -> c == ')').count();
        return pattern.append(")".repeat((int) Math.max(0, open))).toString();
    }

    private static boolean find(String pattern, String text) {
        var counter = new ReadCounter(MAX_CHARS_READ, Stopped::new);
        return Regex.compile(pattern, "").matcher(text, counter::count).find();
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
