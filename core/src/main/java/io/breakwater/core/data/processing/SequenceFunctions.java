package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Functions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorting; the sort of the library fails for a mix of whole and fractional numbers. */
final class SequenceFunctions {

    private SequenceFunctions() {}

    /** {@code $sort(array, function($a, $b){...}?)}; the function returns whether {@code $a} comes after {@code $b}. */
    static @Nullable Object sort(FunctionArguments arguments) {
        if (!(arguments.get(0) instanceof List<?> items)) {
            return null;
        }
        var order = arguments.get(1);
        if (order != null) {
            return Functions.sort(new ArrayList<>(items), order);
        }
        var sorted = new ArrayList<Object>(items);
        if (sorted.stream().allMatch(Number.class::isInstance)) {
            sorted.sort(Comparator.comparingDouble(number -> ((Number) number).doubleValue()));
        } else if (sorted.stream().allMatch(String.class::isInstance)) {
            sorted.sort(Comparator.comparing(String.class::cast));
        } else {
            throw EvaluationLimitException.because(
                    "$sort sorts strings or numbers; give it a function to sort other values.");
        }
        return sorted;
    }
}
