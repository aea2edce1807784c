package io.breakwater.server.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Annotations that no value satisfies, and records without a finite value, are refused with the component's name. */
class ContradictorySchemaTest {

    record Reversed(@Min(5) @Max(1) int number) {}

    record NothingBetween(
            @Min(value = 4, exclusive = true) @Max(value = 5, exclusive = true)
            int number) {}

    record Excluded(
            @Min(3) @Max(value = 3, exclusive = true) double number) {}

    record OutsideOfByte(@Min(200) byte number) {}

    record WithoutBound(@Min int number) {}

    record TwoBounds(@Max(value = 1, decimal = "0.5") BigDecimal number) {}

    record NoNumber(@Min(decimal = "one") BigDecimal number) {}

    record NoValues(@AllowedValues({}) String text) {}

    record ValueTwice(@AllowedValues({"a", "b", "a"}) String text) {}

    record LongValue(
            @AllowedValues({"a", "long"}) @Length(max = 2) String text) {}

    record OtherPattern(
            @AllowedValues("asc") @Pattern("[A-Z]+") String text) {}

    record ManyDirections(@Size(min = 3) Set<Direction> directions) {}

    enum Direction {
        UP,
        DOWN
    }

    @Test
    void aMinimumAboveTheMaximumIsRefused() {
        refuses(Reversed.class, "Reversed.number: no number is within at least 5 and at most 1. Correct @Min or @Max.");
        refuses(
                NothingBetween.class,
                "NothingBetween.number: no number is within more than 4 and less than 5. Correct @Min or @Max.");
        refuses(
                Excluded.class,
                "Excluded.number: no number is within at least 3 and less than 3. Correct @Min or @Max.");
        refuses(
                OutsideOfByte.class,
                "OutsideOfByte.number: no number is within at least 200 and at most 127. Correct @Min or @Max.");
    }

    @Test
    void aBoundIsOneNumber() {
        refuses(
                WithoutBound.class,
                "WithoutBound.number: @Min needs either an integer or decimal, for example decimal = \"0.5\".");
        refuses(
                TwoBounds.class,
                "TwoBounds.number: @Max needs either an integer or decimal, for example decimal = \"0.5\".");
        refuses(NoNumber.class, "NoNumber.number: @Min has a bound that is not a number: one.");
    }

    @Test
    void allowedValuesMustBePossible() {
        refuses(ValueTwice.class, "ValueTwice.text: @AllowedValues has a value twice.");
        refuses(NoValues.class, "NoValues.text: @AllowedValues has no values, so that no string is valid.");
        refuses(
                LongValue.class,
                "LongValue.text: the allowed value \"long\" contradicts another constraint: must have at most 2"
                        + " characters, has 4.");
        refuses(
                OtherPattern.class,
                "OtherPattern.text: the allowed value \"asc\" contradicts another constraint: must match the pattern"
                        + " ^(?:[A-Z]+)$.");
        refuses(
                ManyDirections.class,
                "ManyDirections.directions: @Size requires 3 different items, but only 2 values exist.");
    }

    record Exact(
            @Min(9_007_199_254_740_993L) @Max(Long.MAX_VALUE - 1)
            long id,

            @Max(decimal = "123456789012345678901234567890.5")
            BigDecimal amount,

            @Min(5) @Max(5) int five,
            @Min(decimal = "0.1") double ratio) {}

    @Test
    void boundsAreExactBeyondThePrecisionOfDouble() {
        assertThat(Tool.named("t")
                        .input(Exact.class)
                        .description("D.")
                        .handler((args, call) -> ToolResult.text(""))
                        .definition()
                        .inputSchema()
                        .object("properties")
                        .toString())
                .isEqualTo(
                        "{\"id\":{\"type\":\"integer\",\"minimum\":9007199254740993,\"maximum\":9223372036854775806},"
                                + "\"amount\":{\"type\":\"number\",\"maximum\":123456789012345678901234567890.5},"
                                + "\"five\":{\"type\":\"integer\",\"minimum\":5,\"maximum\":5},"
                                + "\"ratio\":{\"type\":\"number\",\"minimum\":0.1}}");
    }

    record Endless(String name, Endless next) {}

    record Husband(Wife wife) {}

    record Wife(Husband husband) {}

    record Owner(Endless chain) {}

    record Never(@Size(min = 1) List<Never> children) {}

    sealed interface Endings {
        record One(Endings next) implements Endings {}

        record Other(Endings next) implements Endings {}
    }

    record OfEndings(Endings endings) {}

    @Test
    void aRecordThatRequiresItselfIsRefused() {
        refusesEndless(Endless.class, "Endless");
        refusesEndless(Husband.class, "Husband");
        refusesEndless(Owner.class, "Endless");
        refusesEndless(Never.class, "Never");
        refusesEndless(OfEndings.class, "Endings");
    }

    @Test
    void aResultThatRequiresItselfIsRefused() {
        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> Tool.named("t").output(Endless.class))
                .withMessageStartingWith("Endless requires another Endless inside itself");
    }

    record Chain(@Nullable Chain next) {}

    record Perhaps(Optional<Perhaps> next) {}

    record Tree(List<Tree> children, Map<String, Tree> named) {}

    sealed interface Expression {
        record Constant(int value) implements Expression {}

        record Sum(Expression left, Expression right) implements Expression {}
    }

    record OfExpression(Expression expression) {}

    record WithDefault(@Default("{\"next\":null}") Chain chain) {}

    @Test
    void aRecordThatCanEndIsAccepted() {
        for (var type : List.of(Chain.class, Perhaps.class, Tree.class, OfExpression.class, WithDefault.class)) {
            assertThatCode(() -> input(type)).doesNotThrowAnyException();
        }
    }

    private static void refusesEndless(Class<? extends Record> type, String named) {
        refuses(
                type,
                named + " requires another " + named + " inside itself, so that no value of it can end. Make the"
                        + " component @Nullable or Optional, or a list that may be empty.");
    }

    private static void refuses(Class<? extends Record> type, String sentence) {
        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> input(type))
                .withMessage(sentence);
    }

    private static Tool.Builder<?, ?> input(Class<? extends Record> type) {
        return Tool.named("t").input(type);
    }
}
