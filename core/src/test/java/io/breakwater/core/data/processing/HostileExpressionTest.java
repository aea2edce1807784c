package io.breakwater.core.data.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.breakwater.core.business.processing.ProcessingException;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions that were written to take all time or memory there is; each ends with a sentence, and soon. */
class HostileExpressionTest {
    /** Ten times what the transformer allows itself, for machines that do other things too. */
    private static final Duration SOON = Eventually.LIMIT;

    private static final Json DOCUMENT = Json.object()
            .put("as", "a".repeat(9_000) + "!")
            .put("list", Json.array(Json.of(1), Json.of(2), Json.of(3)))
            .build();

    /** On a clock that stands still, so that what ends an expression is not the time. */
    private final JsonataTransformer transformer = new JsonataTransformer(TransformLimits.defaults(), () -> 0);

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void endsSoonWithASentence(String name, String expression, String sentence) {
        assertThatThrownBy(() -> transform(expression))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining(sentence);
    }

    static Stream<Arguments> bombs() {
        return Stream.of(
                bomb("endless tail recursion", "($f := function($n){$f($n + 1)}; $f(0))", "200000 steps"),
                bomb("endless recursion", "($f := function($n){1 + $f($n + 1)}; $f(0))", "recurses deeper"),
                bomb(
                        "mutual recursion",
                        "($f := function(){[$g()]}; $g := function(){[$f()]}; $f())",
                        "recurses deeper"),
                bomb("range of ten million", "[1..10000000]", "larger than"),
                bomb("range beyond the evaluator", "[1..10000000000]", "1e6"),
                bomb("ranges of ranges", "[1..3000].([1..3000])", "characters"),
                bomb("filter over a range", "$filter([1..30000], function($x){$x in [1..30000]})", "The expression"),
                bomb("padding", "$pad('', 2000000000)", "larger than"),
                bomb("padding to the left", "$pad('x', -2147483648)", "larger than"),
                bomb("doubling of texts", doubling("$x & $x"), "larger than"),
                bomb("doubling of arrays", doubling("$append($x, $x)"), "larger than"),
                bomb("doubling of nested arrays", doubling("[[$x], [$x]]"), "larger than"),
                bomb("doubling of objects", doubling("{'a': $x, 'b': $x}"), "larger than"),
                bomb("doubling then printing", "$string(" + doubling("{'a': $x, 'b': $x}") + ")", "larger than"),
                bomb("doubling within a lambda", "$reduce([1..64], function($a, $i){[$a, $a]})", "larger than"),
                bomb("doubling by zip", doubling("$zip([$x], [$x])"), "larger than"),
                bomb("doubling by replacement", doubling("$replace($x, /./, '$0$0')"), "larger than"),
                bomb("doubling by plain replacement", doubling("$replace($x, 'a', 'aa')"), "larger than"),
                bomb("many large texts", many("$pad('', 200000)"), "characters in total"),
                bomb(
                        "joining with a long separator",
                        "$join($map([1..20000], $string), $pad('', 100000))",
                        "larger than"),
                bomb("an object that holds itself", "$ ~> |$|{'self': $}|", "larger than"),
                bomb("a small object that holds itself", "{} ~> |$|{'self': $}|", "nests deeper"),
                bomb("all descendants of itself", "({} ~> |$|{'a': $, 'b': $}|).**", "nests deeper"),
                bomb("an absurd precision", "$round(1.5, 2147483647)", "precision"),
                bomb("an absurd Roman numeral", "$formatInteger(2000000000, 'I')", "Roman"),
                bomb("a long picture", "$formatInteger(1, $pad('', 100000, '0'))", "picture"),
                bomb("a picture of many parts", "$toMillis('1', '[Y]" + "[M]".repeat(20) + "')", "components"),
                bomb("assigning the entry hook", "($__evaluate_entry := nothing; 1)", "reserved"),
                bomb("taking the exit hook as parameter", "function($__evaluate_exit){1}(nothing)", "reserved"),
                bomb("binding the hook to a focus", "list@$__evaluate_entry.1", "reserved"),
                bomb("evaluating text", "$eval('$__evaluate' & '_entry := 1')", "write the expression directly"),
                bomb("fallbacks in fallbacks", "(".repeat(30) + "a" + " ?: b)".repeat(30), "?:"),
                bomb("coalescing in coalescing", "(".repeat(30) + "a" + " ?? b)".repeat(30), "??"),
                bomb("a row of fallbacks", "a ?: ".repeat(800) + "b", "?:"),
                bomb("deep brackets", "(".repeat(2_000) + "1" + ")".repeat(2_000), "brackets"),
                bomb("deep negation", "-".repeat(4_000) + "1", "too deeply"),
                bomb("long conditions", "a?b:".repeat(1_000) + "c", ""),
                bomb("a signature", "function($x)<" + "x+".repeat(30) + ":x>{1}", "signatures are not supported"),
                bomb(
                        "a signature behind a comment",
                        "function/**/($x) /**/ <x+x+:x>{1}",
                        "signatures are not supported"),
                bomb("a signature behind a quoted name", "`function`($x)<x+x+:x>{1}", "signatures are not supported"),
                bomb("nested repetitions", "$match(as, /(a+)+$/)", "too long"),
                bomb("nested repetitions, applied", "/(a+)+$/(as)", "too long"),
                bomb("nested repetitions, chained", "as ~> /(a+)+$/", "too long"),
                bomb("nested repetitions in a variable", "($p := /(a+)+$/; $contains(as, $p))", "too long"),
                bomb("alternatives", "$replace(as, /(a|aa)+$/, '')", "too"),
                bomb("many wildcards", "$split(as, /.*.*.*.*.*b/)", "too long"),
                bomb("a repeated nothing", "$match(as, /(a*)*$/)", "can be empty"),
                bomb("a repeated empty choice", "$match(as, /(|a){1000000}$/)", "can be empty"),
                bomb("many empty choices", "$match(as, /" + "(|a)".repeat(40) + "$/)", "too many alternatives"),
                bomb("a match of nothing", "$match(as, /x*/)", "length zero"),
                bomb("a regular expression of the evaluator", "[1, /(a+)+$/][1](as)", ""),
                bomb("a huge expression", "1" + " + 1".repeat(2_000), "4096"));
    }

    private static Arguments bomb(String name, String expression, String sentence) {
        return Arguments.of(name, expression, sentence);
    }

    private static String doubling(String twice) {
        return "($x := 'aaaaaaaa'; " + ("$x := " + twice + "; ").repeat(60) + "$x)";
    }

    private static String many(String large) {
        return "[" + (large + ", ").repeat(200) + "1].$length()";
    }

    @Test
    void stopsWhenTheTimeIsOver() {
        var hours = new AtomicLong();
        var impatient = new JsonataTransformer(
                TransformLimits.defaults(),
                () -> hours.addAndGet(Duration.ofMillis(100).toNanos()));

        assertThatThrownBy(
                        () -> impatient.transform("$sum([1..2000].($ * 2))", DOCUMENT, ManualCallContext.unhurried()))
                .isInstanceOf(ProcessingException.class)
                .hasMessage("The expression takes longer than 1000 ms; simplify it or select less data.");
    }

    @Test
    void stopsWhenTheCallIsCancelled() {
        var scope = ManualCallContext.unhurried();
        scope.cancel();

        assertThatThrownBy(() -> transformer.transform("$sum([1..2000].($ * 2))", DOCUMENT, scope))
                .isInstanceOf(PortException.DeadlineExceededException.class)
                .hasMessage("The transform was stopped because its call ended.");
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        var thrown = catchThrowable(
                () -> transformer.transform("$sum([1..2000].($ * 2))", DOCUMENT, ManualCallContext.unhurried()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(PortException.DeadlineExceededException.class);
    }

    @Test
    void allowsOrdinaryExpressions() {
        var expression = "($f := function($n){$n < 2 ? $n : $f($n - 1) + $f($n - 2)}; $f(15))";

        assertThat(transform(expression)).isEqualTo(Json.of(610));
    }

    @Test
    void hasTheDocumentedLimits() {
        assertThat(TransformLimits.defaults())
                .isEqualTo(new TransformLimits(4_096, 200_000, 400, 262_144, 16_777_216, Duration.ofSeconds(1)));
    }

    @Test
    void growsWithTheDocumentsThatAreLetIn() {
        assertThat(TransformLimits.forDocumentsOf(10_240)).isEqualTo(TransformLimits.defaults());
        assertThat(TransformLimits.forDocumentsOf(1 << 20).maxValueSize()).isEqualTo(4 << 20);
        assertThat(TransformLimits.forDocumentsOf(64 << 20).maxProduced()).isPositive();
    }

    /** Random rows of tokens: whatever comes of them, it comes soon and is a result or a sentence. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void survivesNonsense(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            var expression = nonsense(random);
            var thrown = catchThrowable(() -> transform(expression));
            assertThat(thrown == null || thrown instanceof ProcessingException)
                    .as("%s gave %s", expression, thrown)
                    .isTrue();
        }
    }

    static List<Long> seeds() {
        return new SplittableRandom().longs(5).boxed().toList();
    }

    private static String nonsense(SplittableRandom random) {
        String[] tokens = {
            "a",
            "as",
            "list",
            "$",
            "$$",
            "$x",
            "$x := ",
            "1",
            "0.5",
            "'t'",
            "\"",
            "`q`",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ";",
            ":",
            "?",
            "?:",
            "??",
            "..",
            ".",
            "*",
            "**",
            "%",
            "/",
            "/a+/",
            "+",
            "-",
            "&",
            "=",
            "<",
            ">",
            "~>",
            "|",
            "^(",
            "@$x",
            "#$i",
            "and",
            "or",
            "in",
            "null",
            "true",
            "function($x){",
            "$map(",
            "$string(",
            "$reduce(",
            "$match(",
            "$sort(",
            "$lookup(",
            "$spread(",
            "$each(",
            "/*",
            "*/",
            " ",
        };
        var expression = new StringBuilder("($x := list; ");
        for (int i = random.nextInt(1, 25); i > 0; i--) {
            expression.append(tokens[random.nextInt(tokens.length)]).append(' ');
        }
        return expression.append(')').toString();
    }

    private Json transform(String expression) {
        return assertTimeoutPreemptively(
                SOON, () -> transformer.transform(expression, DOCUMENT, ManualCallContext.unhurried()), expression);
    }
}
