package io.breakwater.core.data.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.business.processing.ProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "$match(a, /x[/]y/i) + 1 | $match(a, $0      ) + 1",
                "/a/                     | $0 ",
                "$split(a,/,/).b         | $split(a,$0 ).b",
                "a ~> /b\\/c/m          | a ~> $0",
                "x = /a/ or /b/          | x = $0  or $1 ",
                "[/a/, /b/]              | [$0 , $1 ]",
                "a in /b/                | a in $0 ",
                "* ~> /b/                | * ~> $0 ",
            })
    void putsVariablesOfTheSameLengthInPlaceOfPatterns(String source, String expected) {
        var text = ExpressionReader.read(source.strip()).text();

        assertThat(text).hasSameSizeAs(source.strip());
        assertThat(text.replace('\uE000', '0').replace('\uE001', '1').stripTrailing())
                .isEqualTo(expected.stripTrailing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a / b / c",
                "(a) / 2 / c",
                "a[0] / b /c",
                "* / 2 / 3",
                "1/2/3",
                "'/a/' & \"/b/\"",
                "/* /a/ */ b",
                "`/a/` / c / d",
                "$x := 5 / 1 / 2",
                "a.% / 2 / 3",
                "{'a': 1} / b / c",
                "'it\\'s /a/'",
                "and / or / in",
            })
    void leavesDivisionsTextsAndCommentsAlone(String source) {
        assertThat(ExpressionReader.read(source).text()).isEqualTo(source);
        assertThat(ExpressionReader.read(source).patterns()).isEmpty();
    }

    @Test
    void collectsTheFunctionsThatAreNamed() {
        assertThat(ExpressionReader.read("$sum(a) & $string($x := 1) & '$max' /* $min */")
                        .functions())
                .contains("sum", "string")
                .doesNotContain("max", "min", "x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($x := 1; $x)",
                "function($x){$x}(1)",
                "λ($x){$x}(1)",
                "a@$x.b[$x]",
                "a#$i[$i > 1]",
                "$",
                "$$",
                "$.a",
                "$$.b",
                "function($x, $y){$x + $y}(1, 2)",
                "$map(a, function($v){$v})",
            })
    void knowsWhatIsAssigned(String source) {
        assertThat(ExpressionReader.read(source).text()).isEqualTo(source);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$smu(a)                    | did you mean 'sum'",
                "($total := 1; $totla)      | did you mean 'total'",
                "$__x                       | reserved",
                "($__evaluate_exit := 1)    | reserved",
                "/abc                       | no closing slash",
                "a ~> /[/                   | no closing slash",
                "5 ('x')                    | is not a function",
                "((((a ?: b) ?: c) ?: d) ?: e) | in left operands",
                "function($x)<x:x>{$x}      | signatures are not supported",
            })
    void refusesWithASentence(String source, String reason) {
        assertThatThrownBy(() -> ExpressionReader.read(source))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void letsHonestFallbacksPass() {
        var many = "{" + "'a': b.c ?: $sum(d), ".repeat(50) + "'z': (x ?: y).z ?: 1 ?? 2 ?: 3 ?? 4}";

        assertThat(ExpressionReader.read(many).text()).isEqualTo(many);
    }
}
