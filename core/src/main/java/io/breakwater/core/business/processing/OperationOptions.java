package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the options of each operation; an invalid option fails with a message that says how to correct it. */
final class OperationOptions {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int MAX_PERCENTILES = 20;
    private static final int MAX_PATHS = 10_000;

    private OperationOptions() {}

    static Operation transform(Json.Obj options) {
        checkNames(Operation.TRANSFORM, options, List.of("expression"));
        return switch (option(options, "expression")) {
            case null -> new Operation.Flatten();
            case Json.Text(var expression) when !expression.isBlank() -> new Operation.Transform(expression);
            default ->
                throw new ProcessingException("options.expression must be a string with a JSONata expression;"
                        + " omit it to flatten the data.");
        };
    }

    static Operation validate(Json.Obj options) {
        checkNames(Operation.VALIDATE, options, List.of("schema"));
        return switch (option(options, "schema")) {
            case Json.Obj schema -> new Operation.Validate(schema);
            case Json.Bool schema -> new Operation.Validate(schema);
            case null, default ->
                throw new ProcessingException("validate needs options.schema, a JSON Schema as an object.");
        };
    }

    static Operation analyze(Json.Obj options) {
        checkNames(Operation.ANALYZE, options, List.of("percentiles", "max_paths"));
        return new Operation.Analyze(
                percentiles(option(options, "percentiles")), maxPaths(option(options, "max_paths")));
    }

    private static List<BigDecimal> percentiles(@Nullable Json value) {
        return switch (value) {
            case null -> Operation.Analyze.USUAL_PERCENTILES;
            case Json.Arr(var items)
            when items.size() <= MAX_PERCENTILES ->
                items.stream().map(OperationOptions::percentile).distinct().toList();
            default ->
                throw new ProcessingException(
                        "options.percentiles must be an array of at most %d numbers.".formatted(MAX_PERCENTILES));
        };
    }

    private static BigDecimal percentile(Json value) {
        if (value instanceof Json.Decimal(var number)
                && number.signum() >= 0
                && number.compareTo(HUNDRED) <= 0
                && number.scale() <= 6) {
            return PlainDecimals.plain(number);
        }
        throw new ProcessingException("options.percentiles must hold numbers from 0 to 100 with at most 6 decimals.");
    }

    private static int maxPaths(@Nullable Json value) {
        return switch (value) {
            case null -> 0;
            case Json.Decimal(var number)
            when number.signum() > 0
                    && number.compareTo(BigDecimal.valueOf(MAX_PATHS)) <= 0
                    && PlainDecimals.whole(number) -> number.intValue();
            default ->
                throw new ProcessingException(
                        "options.max_paths must be a whole number from 1 to %d.".formatted(MAX_PATHS));
        };
    }

    /** Returns an option; an option that is null counts as absent. */
    private static @Nullable Json option(Json.Obj options, String name) {
        var value = options.get(name);
        return value == Json.Null.NULL ? null : value;
    }

    private static void checkNames(String operation, Json.Obj options, List<String> known) {
        for (var name : options.members().keySet()) {
            if (!known.contains(name)) {
                throw new ProcessingException("%s has no option '%s'%s; it takes %s."
                        .formatted(operation, name, ClosestWord.hint(name, known), String.join(" and ", known)));
            }
        }
    }
}
