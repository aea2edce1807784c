package io.breakwater.core.business.authorization;

import io.breakwater.port.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares JSON values of callers with the values in rules. */
final class JsonMatch {
    private static final int MAX_DEPTH = 32;

    private JsonMatch() {}

    /** Returns whether the value equals the expected one; a value of another type is an error. */
    static Match equal(Json expected, Json value) {
        return isSameType(expected, value) ? Match.of(areEqual(expected, value, 0)) : Match.ERROR;
    }

    /** Returns whether the value equals one of the expected ones; a value of none of their types is an error. */
    static Match in(List<Json> expected, Json value) {
        var match = Match.ERROR;
        for (var one : expected) {
            var result = equal(one, value);
            if (result == Match.YES) {
                return result;
            }
            match = result == Match.NO ? result : match;
        }
        return match;
    }

    /** Returns the value at a JSON pointer (RFC 6901), or null. */
    static @Nullable Json find(Json root, List<String> path) {
        Json value = root;
        for (var name : path) {
            value = switch (value) {
                case Json.Obj object -> object.get(name);
                case Json.Arr(var items) -> item(items, name);
                case Json.Raw ignored -> throw new IllegalArgumentException("Encoded JSON cannot be compared.");
                default -> null;
            };
            if (value == null) {
                return null;
            }
        }
        return value;
    }

    private static @Nullable Json item(List<Json> items, String index) {
        boolean isIndex =
                !index.isEmpty() && index.length() < 7 && index.chars().allMatch(c -> '0' <= c && c <= '9');
        int position = isIndex ? Integer.parseInt(index) : items.size();
        return position < items.size() ? items.get(position) : null;
    }

    private static boolean isSameType(Json one, Json other) {
        return one.getClass() == other.getClass() && !(one instanceof Json.Raw);
    }

    private static boolean areEqual(Json one, Json other, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("The value is nested too deeply to be compared.");
        }
        return switch (one) {
            case Json.Decimal(var number) -> other instanceof Json.Decimal(var value) && number.compareTo(value) == 0;
            case Json.Arr(var items) -> other instanceof Json.Arr(var others) && areEqual(items, others, depth + 1);
            case Json.Obj object -> other instanceof Json.Obj that && areEqual(object, that, depth + 1);
            case Json.Raw ignored -> throw new IllegalArgumentException("Encoded JSON cannot be compared.");
            default -> one.equals(other);
        };
    }

    private static boolean areEqual(List<Json> items, List<Json> others, int depth) {
        boolean equal = items.size() == others.size();
        for (int i = 0; equal && i < items.size(); i++) {
            equal = areEqual(items.get(i), others.get(i), depth);
        }
        return equal;
    }

    private static boolean areEqual(Json.Obj one, Json.Obj other, int depth) {
        return one.members().keySet().equals(other.members().keySet())
                && one.members().entrySet().stream().allMatch(member -> {
                    var value = other.get(member.getKey());
                    return value != null && areEqual(member.getValue(), value, depth);
                });
    }
}
