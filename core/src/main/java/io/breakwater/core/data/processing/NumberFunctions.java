package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Functions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions on numbers whose second argument could request a very large number of digits. */
final class NumberFunctions {
    private static final int MAX_DIGITS = 308;
    private static final int MAX_ROMAN = 100_000;

    private NumberFunctions() {}

    /** {@code $round(number, digits?)}; rounds half to even. */
    static @Nullable Object round(FunctionArguments arguments) {
        if (!(arguments.get(0) instanceof Number number)) {
            return null;
        }
        int digits = arguments.number(1, 0);
        if (Math.abs((long) digits) > MAX_DIGITS) {
            throw EvaluationLimitException.because(
                    "$round accepts a precision from -%d to %d.".formatted(MAX_DIGITS, MAX_DIGITS));
        }
        return new BigDecimal(number.toString())
                .setScale(digits, RoundingMode.HALF_EVEN)
                .doubleValue();
    }

    /** {@code $formatNumber(number, picture, options?)}. */
    static @Nullable Object formatNumber(FunctionArguments arguments) {
        var options = arguments.get(2) instanceof Map<?, ?> map ? map : null;
        return arguments.get(0) instanceof Number number
                ? Functions.formatNumber(number, PictureString.of(arguments), options)
                : null;
    }

    /** {@code $formatInteger(number, picture)}. */
    static @Nullable Object formatInteger(FunctionArguments arguments) {
        if (!(arguments.get(0) instanceof Number number)) {
            return null;
        }
        var picture = PictureString.of(arguments);
        if (picture.regionMatches(true, 0, "i", 0, 1) && Math.abs(number.doubleValue()) > MAX_ROMAN) {
            throw EvaluationLimitException.because("$formatInteger writes Roman numerals up to " + MAX_ROMAN + ".");
        }
        return Functions.formatInteger(number, picture);
    }

    /** {@code $parseInteger(text, picture)}. */
    static @Nullable Object parseInteger(FunctionArguments arguments) {
        try {
            return Functions.parseInteger(arguments.text(0), PictureString.of(arguments));
        } catch (ParseException e) {
            throw EvaluationLimitException.because("$parseInteger cannot read this text with this picture.");
        }
    }
}
