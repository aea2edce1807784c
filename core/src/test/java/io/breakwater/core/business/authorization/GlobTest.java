package io.breakwater.core.business.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns with asterisks, for names and for URI templates. */
class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "find_order, find_order, true",
        "find_order, find_orders, false",
        "find_*, find_, true",
        "find_*, unfind_x, false",
        "*_order, find_order, true",
        "a*a, a, false",
        "a*a, aa, true",
        "*b*b*, abcabc, true",
        "*b*b*, abc, false",
        "order://*/lines, order://1/2/lines, true",
        "a.c, abc, false",
        "a?c, abc, false",
    })
    void anAsteriskStandsForAnyCharacters(String pattern, String text, boolean matches) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void agreesWithRegularExpressions() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var pattern = text(random, "ab*", 6);
            var text = text(random, "ab", 8);
            var regex = Pattern.compile(pattern.replace("*", ".*"));
            assertThat(Glob.of(pattern).matches(text))
                    .as(pattern + " " + text)
                    .isEqualTo(regex.matcher(text).matches());
        }
    }

    private static String text(Random random, String alphabet, int length) {
        var text = new StringBuilder();
        for (int i = random.nextInt(length); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void aTextThatIsTooLongCannotBeChecked() {
        var tooLong = "a".repeat(10_000);

        assertThat(Glob.of("*").matches(tooLong)).isTrue();
        assertThatThrownBy(() -> Glob.of("a*").matches(tooLong)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Glob.of(tooLong)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "order://*, order://{n}, YES",
        "order://*/lines, order://{n}/lines, YES",
        "*, order://{n}, YES",
        "order://1, order://{n}, POSSIBLE",
        "order://1/*, order://{n}/lines, POSSIBLE",
        "order://a*z/lines, order://{n}/lines, POSSIBLE",
        "order://, order://{n}, NO",
        "order://a/b, order://{n}, NO",
        "user://*, order://{n}, NO",
        "order://*/x, order://{n}/lines, NO",
    })
    void comparesAPatternWithTheUrisOfATemplate(String pattern, String template, Match match) {
        assertThat(TemplateGlob.match(Glob.of(pattern), template)).isEqualTo(match);
    }
}
