package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Jsonata;
import io.breakwater.core.business.processing.ProcessingException;
import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Converts values to the Java types of the evaluator, and back.
 *
 * <p>JSONata calculates with doubles, so that {@code 0.1 + 0.2} is inexact. Values that an expression only copies stay
 * exact, because a number that a double cannot represent is passed as a decimal. Whole numbers are passed as integers,
 * so that they can be used as counts and indexes.
 */
final class JavaValues {
    private static final int PLAIN_DIGITS = 21;
    private static final int LONG_TEXT = 64;

    private JavaValues() {}

    /**
     * Converts a value for the evaluator.
     *
     * @param registry receives every container and long text, children before parents
     */
    static Object toJava(Json value, Consumer<Object> registry) {
        return switch (value) {
            case Json.Obj(var members) -> toMap(members, registry);
            case Json.Arr(var items) -> toList(items, registry);
            case Json.Text(var text) -> {
                if (text.length() > LONG_TEXT) {
                    registry.accept(text);
                }
                yield text;
            }
            case Json.Decimal(var number) -> toNumber(number);
            case Json.Bool bool -> bool.value();
            case Json.Null ignored -> Jsonata.NULL_VALUE;
            case Json.Raw ignored ->
                throw new IllegalArgumentException("Raw JSON bytes must be parsed before they can be transformed.");
        };
    }

    private static Map<String, Object> toMap(Map<String, Json> members, Consumer<Object> registry) {
        var map = LinkedHashMap.<String, Object>newLinkedHashMap(members.size());
        members.forEach((name, member) -> map.put(name, toJava(member, registry)));
        registry.accept(map);
        return map;
    }

    private static List<Object> toList(List<Json> items, Consumer<Object> registry) {
        var list = new ArrayList<>(items.size());
        items.forEach(item -> list.add(toJava(item, registry)));
        registry.accept(list);
        return list;
    }

    private static Number toNumber(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        if (stripped.scale() <= 0 && stripped.precision() - (long) stripped.scale() <= PLAIN_DIGITS) {
            return whole(number);
        }
        double nearest = number.doubleValue();
        return !Double.isInfinite(nearest) && BigDecimal.valueOf(nearest).compareTo(number) == 0 ? nearest : number;
    }

    /** Returns the smallest integer type that fits, as the evaluator does for its own numbers. */
    private static Number whole(BigDecimal number) {
        var integer = number.toBigInteger();
        if (integer.bitLength() < Integer.SIZE) {
            return integer.intValue();
        }
        return integer.bitLength() < Long.SIZE ? integer.longValue() : number;
    }

    /** Converts the result of an evaluation; a function, which is not a value, is omitted or becomes null. */
    static Json toJson(@Nullable Object value) {
        return switch (value) {
            case String text -> Json.of(text);
            case Boolean bool -> Json.of(bool);
            case Number number -> fromNumber(number);
            case List<?> items ->
                new Json.Arr(items.stream().map(JavaValues::toJson).toList());
            case Map<?, ?> members -> fromMap(members);
            case null, default -> Json.Null.NULL;
        };
    }

    private static Json fromMap(Map<?, ?> members) {
        var object = Json.object();
        members.forEach((name, member) -> {
            if (isValue(member)) {
                object.put(String.valueOf(name), toJson(member));
            }
        });
        return object.build();
    }

    private static boolean isValue(@Nullable Object member) {
        return switch (member) {
            case String ignored -> true;
            case Boolean ignored -> true;
            case Number ignored -> true;
            case List<?> ignored -> true;
            case Map<?, ?> ignored -> true;
            case null -> false;
            default -> member.equals(Jsonata.NULL_VALUE);
        };
    }

    private static Json fromNumber(Number number) {
        return switch (number) {
            case Integer integer -> Json.of(integer);
            case Long integer -> Json.of(integer);
            case BigDecimal decimal -> Json.of(decimal);
            default -> fromDouble(number.doubleValue());
        };
    }

    private static Json fromDouble(double number) {
        if (!Double.isFinite(number)) {
            throw new ProcessingException(
                    "The expression computes a number that JSON cannot represent: " + number + ".");
        }
        return Json.of(plain(BigDecimal.valueOf(number).stripTrailingZeros()));
    }

    private static BigDecimal plain(BigDecimal number) {
        boolean shortEnough = number.precision() - (long) number.scale() <= PLAIN_DIGITS;
        return number.scale() < 0 && shortEnough ? number.setScale(0) : number;
    }
}
